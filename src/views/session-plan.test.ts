import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetfulMemory } from '../client/last-used';
import { FakeLab, fakePlan } from '../client/testing/fake-lab';
import type { LabFailure } from '../protocol/failure';
import type { ExperimentPlan } from '../protocol/plan';
import { useLabStore, write } from '../store/store';
import { createSession, type Session } from './session';

let lab: FakeLab;
let session: Session;
const failure: LabFailure = { code: 'no-data', message: 'None of the words has a vector.', remedy: 'Load others.' };
const file = [new File(['x'], 'small.csv')];
const columns = { text: 'review', label: 'stars', split: null };
const { getState } = useLabStore;

beforeEach(async () => {
  useLabStore.setState(useLabStore.getInitialState(), true);
  lab = new FakeLab(0);
  session = createSession(lab, forgetfulMemory());
  await session.boot('cpu');
  await expect.poll(() => getState().plan).not.toBeNull();
});
afterEach(() => session.dispose());

describe('the plan', () => {
  it('goes with its data, and a failure stands alone', async () => {
    lab.plan = () => Promise.reject(failure);
    const loading = session.loadDataset(file, columns);
    await expect.poll(() => getState().data.report?.dataset.source.name).toBe('small.csv');
    expect(getState().plan).toBeNull();
    await expect.poll(() => getState().planFailure).toEqual(failure);
    expect(getState().plan).toBeNull();
    await loading;
  });

  it('goes where planning fails over the same data', async () => {
    lab.plan = () => Promise.reject(failure);
    write.specification({ batchSize: 7 });
    await expect.poll(() => getState().planFailure).toEqual(failure);
    expect(getState().plan).toBeNull();
  });

  it('is not that of data that were replaced while it was made', async () => {
    let answer: (plan: ExperimentPlan) => void = () => {};
    let asked = false;
    lab.plan = () => {
      asked = true;
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    write.specification({ batchSize: 7 });
    await expect.poll(() => asked).toBe(true);
    const late = answer;
    const { specification } = getState();
    const plans: unknown[] = [];
    const unsubscribe = useLabStore.subscribe((state, before) => {
      if (state.data.report !== before.data.report) late(fakePlan(specification!));
      if (state.plan !== before.plan) plans.push(state.plan);
    });
    await session.loadDataset(file, columns);
    unsubscribe();
    expect(plans).toEqual([null]);
  });
});

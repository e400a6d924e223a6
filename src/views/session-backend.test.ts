import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetfulMemory } from '../client/last-used';
import type { ProbeMemory } from '../client/probe-memory';
import { fakeDevice } from '../client/testing/fake-catalogue';
import { FakeLab } from '../client/testing/fake-lab';
import type { ProbeFigures } from '../protocol/device';
import { useLabStore, write } from '../store/store';
import { createSession, type Session } from './session';

let lab: FakeLab;
let session: Session;
let kept: ProbeFigures[];
const earlier = { ...fakeDevice.probe, measuredAt: 5 } as ProbeFigures;
const initial = useLabStore.getState();

beforeEach(() => {
  useLabStore.setState(initial, true);
  kept = [earlier];
  const probes: ProbeMemory = { read: () => [...kept], write: (figures) => kept.push(figures) };
  lab = new FakeLab(1);
  session = createSession(lab, forgetfulMemory(), probes);
});
afterEach(() => session.dispose());

describe('the choice of the backend', () => {
  it('sends what is remembered, and remembers what comes back', async () => {
    await session.boot('auto');
    expect(lab.known).toEqual([earlier]);
    expect(kept).toEqual([earlier, fakeDevice.probe]);
  });

  it('is measured anew on request, whatever is remembered, and keeps the data', async () => {
    await session.boot('cpu');
    const { report } = useLabStore.getState().data;
    await session.measureBackends();
    expect(lab.calls.filter((call) => call.startsWith('open'))).toEqual(['open cpu', 'open auto']);
    expect(lab.known).toEqual([]);
    expect(useLabStore.getState().lab).toMatchObject({ status: 'ready', choice: 'auto' });
    expect(useLabStore.getState().data.report).toBe(report);
  });

  it('passes on whether the steps of a run are to be split, and hands out the profile', async () => {
    await session.boot('webgpu');
    write.view({ splitSteps: true });
    session.run();
    await expect.poll(() => useLabStore.getState().run.results?.profile?.stepTiming, { timeout: 15_000 }).toBe('timestamps');
  });
});

import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../../charts/format';
import type { DeviceReport } from '../../protocol/device';
import type { RunCheck } from '../../protocol/runs';
import { useLabStore } from '../../store/store';
import { Aside } from '../../ui/kept-list';
import classes from './runs.module.css';

/** Of a run that was opened: which it is, and whether its models still say of the test set what they said. */
export function ShownRun() {
  const name = useLabStore((state) => state.runs.shown?.name ?? null);
  const check = useLabStore((state) => state.runs.check);
  const leftOut = useLabStore((state) => state.runs.stepsLeftOut);
  const results = useLabStore((state) => state.run.results);
  const device = useLabStore((state) => state.lab.device);
  if (name === null || check === null || !results) return null;
  const { icon, words } = checkWords(check, results.adapter, device, results.specification);
  return (
    <section className={classes.shown} aria-label="The run on the page">
      <p className={classes.shownName}>“{name}” is on the page</p>
      <p className={classes.check} role="status">
        {icon}
        <span>{words}</span>
      </p>
      {leftOut > 0 && (
        <Aside>
          The losses of {formatCount(leftOut)} training steps were too many to be kept: the charts of step by step end before them.
        </Aside>
      )}
    </section>
  );
}

function checkWords(
  check: RunCheck | 'checking',
  adapter: DeviceReport,
  device: DeviceReport | null,
  { embeddings, dataset }: { embeddings: { name: string }; dataset: { name: string } },
): { icon: ReactNode; words: string } {
  if (check === 'checking')
    return { icon: <CircleDashed size={16} aria-hidden="true" />, words: 'Checking its models against the test set…' };
  if (check.kind === 'no-data') {
    return {
      icon: <CircleDashed size={16} aria-hidden="true" />,
      words: `Not checked: it was on ${dataset.name} with ${embeddings.name}, which are not what is loaded. Its models can be tried and exported all the same.`,
    };
  }
  const tested = `${check.models === 1 ? 'its model' : `${check.models} models`} on ${formatCount(check.testCount)} sentences`;
  if (check.kind === 'same') {
    return {
      icon: <CircleCheck size={16} aria-hidden="true" className={classes.good} />,
      words: `Checked against the test set: the same, to the last digit (${tested}).`,
    };
  }
  const [{ kept, now }] = check.differing;
  const sentences = Math.round(Math.abs(kept - now) * check.testCount);
  const other =
    device && adapter.name !== device.name
      ? ` It was computed on ${adapter.name}, and this is ${device.name}: they round differently.`
      : '';
  return {
    icon: <CircleAlert size={16} aria-hidden="true" className={classes.bad} />,
    words: `Checked against the test set: ${check.differing.length} of ${tested} differ, ${check.differing[0].model} by ${sentences === 1 ? 'one sentence' : `${sentences} sentences`}.${other}`,
  };
}

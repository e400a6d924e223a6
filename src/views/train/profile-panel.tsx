import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { formatCount, formatPercent } from '../../charts/format';
import { type Profile, profilePhases } from '../../protocol/profile';
import { isActive } from '../../store/run';
import { useLabStore, write } from '../../store/store';
import classes from './profile-panel.module.css';

const FUSED = 'A kernel that sums a gradient and applies it at once counts as update.';

const TIMINGS: Readonly<Record<Profile['stepTiming'], string>> = {
  kernels: `Forward, backward and update by the clock of the worker, which runs the kernels itself. ${FUSED}`,
  timestamps: `Forward, backward and update by the GPU’s own clock. ${FUSED}`,
  waiting: 'The parts of a step were not told apart: steps are the time that the worker waited for the GPU.',
};

/** Where the time of the last run went, by phase; folded away until it is asked for. */
export const ProfilePanel = memo(function ProfilePanel() {
  const profile = useLabStore((state) => state.run.results?.profile ?? null);
  const onGpu = useLabStore((state) => state.lab.device?.backend === 'webgpu');
  if (!profile) return null;
  return (
    <details className={classes.panel}>
      <summary>
        <ChevronRight size={15} aria-hidden="true" />
        Where the time went
        <span className={classes.total}>{(profile.wallMs / 1000).toFixed(2)} s in all</span>
      </summary>
      <Figures {...profile.steps} />
      <PhaseTable profile={profile} />
      <p className={classes.note}>{TIMINGS[profile.stepTiming]}</p>
      {onGpu && <SplitSwitch />}
    </details>
  );
});

function Figures({ count, firstMs, laterMs }: Profile['steps']) {
  if (firstMs === null) return null;
  return (
    <dl className={classes.figures}>
      <div>
        <dt>Training steps</dt>
        <dd>{formatCount(count)}</dd>
      </div>
      {laterMs !== null && (
        <div>
          <dt>Steps per second</dt>
          <dd>{formatCount(1000 / laterMs)}</dd>
        </div>
      )}
      <div title="With the pipelines and buffers that were made for it">
        <dt>First step</dt>
        <dd>{milliseconds(firstMs)}</dd>
      </div>
      {laterMs !== null && (
        <div>
          <dt>Later steps, each</dt>
          <dd>{milliseconds(laterMs)}</dd>
        </div>
      )}
    </dl>
  );
}

/** One ink for all: on this page a hue means a method. */
function PhaseTable({ profile: { phases, wallMs } }: { profile: Profile }) {
  const shown = profilePhases.filter(({ id }) => phases[id] > 0);
  const longest = Math.max(...shown.map(({ id }) => phases[id]));
  return (
    <table className={classes.table} aria-label="Where the time went">
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col" className={classes.right}>
            Seconds
          </th>
          <th scope="col" className={classes.right}>
            Share
          </th>
          <th scope="col">
            <span className={classes.hidden}>Bar</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ id, label, help }) => (
          <tr key={id} data-phase={id}>
            <th scope="row" title={help}>
              {label}
            </th>
            <td className={classes.right}>{(phases[id] / 1000).toFixed(2)}</td>
            <td className={classes.right}>{formatPercent(phases[id] / wallMs)}</td>
            <td className={classes.bar} aria-hidden="true">
              <span data-idle={id === 'idle' || undefined} style={{ width: `${Math.max(0.5, (100 * phases[id]) / longest)}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <td className={classes.right}>{(wallMs / 1000).toFixed(2)}</td>
          <td className={classes.right}>{formatPercent(1)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function SplitSwitch() {
  const wanted = useLabStore((state) => state.view.splitSteps);
  const active = useLabStore((state) => isActive(state.run.status));
  return (
    <label className={classes.switch}>
      <input
        type="checkbox"
        checked={wanted}
        disabled={active}
        onChange={(event) => write.view({ splitSteps: event.currentTarget.checked })}
      />
      Split the steps of the next run by the GPU’s clock (a little slower; where the GPU has no such clock, it stays as it is)
    </label>
  );
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 9.995 ? 2 : ms < 99.95 ? 1 : 0)} ms`;
}

import { formatRate } from '../../charts/format';
import { styleOf } from '../../charts/palette';
import { useScheme } from '../../charts/swatch';
import { type ShownTrial, selectMethodLabel, selectShownTrials } from '../../store/selectors';
import { type LabState, useLabStore } from '../../store/store';
import { useLive } from '../live';

export interface ShownSeries extends ShownTrial {
  label: string;
  color: string;
  dash: string;
  /** Faint while another one trains, so that the eye finds what moves. */
  opacity: number;
  width: number;
}

const selectEpochs = (state: LabState) => state.run.specification?.epochs ?? state.specification?.epochs ?? 12;

/** The trials on the charts, in their colours, and the length of the budget's axis. */
export function useShown(): { shown: ShownSeries[]; epochs: number } {
  const trials = useLive(selectShownTrials);
  const epochs = useLabStore(selectEpochs);
  const labelOf = useLabStore(selectMethodLabel);
  const highlighted = useLabStore((state) => state.view.highlighted);
  const scheme = useScheme();
  const anyLive = trials.some((entry) => entry.live);
  const shown = trials.map((entry) => {
    const style = styleOf(entry.method);
    const front = highlighted ? highlighted === entry.method : !anyLive || entry.live;
    // Two lines of one method: the best trial so far, and the one in training.
    const second = entry.live && trials.some((other) => other.method === entry.method && other !== entry);
    return {
      ...entry,
      label: second ? `${labelOf(entry.method)}, now at ${formatRate(entry.trial.key.learningRate)}` : labelOf(entry.method),
      color: style[scheme],
      dash: style.dash,
      opacity: front ? 1 : 0.45,
      width: front ? 2.25 : 1.75,
    };
  });
  return { shown, epochs };
}

/** One entry a method, whatever the number of its lines. */
export function legendOf(shown: readonly ShownSeries[]) {
  const seen = new Set<string>();
  return shown.flatMap(({ method, label, color, dash }) => {
    if (seen.has(method)) return [];
    seen.add(method);
    return [{ id: method, label, color, dash }];
  });
}

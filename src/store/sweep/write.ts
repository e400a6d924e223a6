import type { SweepAnalysis } from '../../protocol/analysis';
import type { LabFailure } from '../../protocol/failure';
import type { KeptSweep, SweepEvent, SweepPlan, SweepResults, SweepSpecification } from '../../protocol/sweep';
import type { SetState } from '../race/write';
import type { RunStatus } from '../run';
import { foldSweep } from './fold';
import { IDLE_SWEEP, initialSweepView, type SweepSettings, type SweepState, type SweepView } from './sweep';

/** The sweep's writes, beside those of the rest of the lab. */
export function sweepWrites(set: SetState) {
  const sweep = (change: (sweep: SweepState) => Partial<SweepState>) =>
    set((state) => ({ sweep: { ...state.sweep, ...change(state.sweep) } }));
  /** Other results are on the screen: what was chosen of the last ones means nothing in them. */
  const fresh = ({ view }: SweepState) => ({
    analysis: null,
    analysisFailure: null,
    exportFailure: null,
    view: { ...initialSweepView, compared: view.compared },
  });
  return {
    sweepSettings: (patch: Partial<SweepSettings>) => sweep(({ settings }) => ({ settings: { ...settings, ...patch } })),
    sweepAllowedLoss: (allowedLoss: number) => sweep(() => ({ allowedLoss })),
    sweepPlan: (specification: SweepSpecification, value: SweepPlan) =>
      sweep(() => ({ plan: { specification, value }, planFailure: null })),
    sweepPlanFailure: (planFailure: LabFailure) => sweep(() => ({ planFailure })),
    /** `results` are those that the sweep begins with: empty, or what is on the screen already. */
    sweepStarted: (results: SweepResults) =>
      set(({ sweep: before, race }) => ({
        race: { ...race, isLatest: false },
        sweep: {
          ...before,
          ...(before.run.results === null || results.cells.length === 0 ? fresh(before) : {}),
          run: { ...IDLE_SWEEP, status: 'starting', results },
          isLatest: true,
        },
      })),
    sweepStatus: (status: RunStatus) => sweep(({ run }) => ({ run: { ...run, status } })),
    sweepFailed: (failure: LabFailure) => sweep(({ run }) => ({ run: { ...run, status: 'failed', failure } })),
    sweepEvents: (events: readonly SweepEvent[]) => sweep(({ run }) => ({ run: foldSweep(run, events) })),
    /** The results as the engine has them, with versions and adapters. */
    sweepResults: (results: SweepResults) => sweep(({ run }) => ({ run: { ...run, results } })),
    sweepOpened: (results: SweepResults) =>
      sweep((before) => ({ ...fresh(before), run: { ...IDLE_SWEEP, results }, keptFailure: null, isLatest: before.isLatest })),
    sweepClosed: () => sweep((before) => ({ ...fresh(before), run: IDLE_SWEEP, isLatest: false })),
    sweepAnalysis: (results: SweepResults, allowedLoss: number, value: SweepAnalysis) =>
      sweep(() => ({ analysis: { results, allowedLoss, value }, analysisFailure: null })),
    sweepAnalysisFailure: (analysisFailure: LabFailure) => sweep(() => ({ analysisFailure })),
    sweepOnDisk: (onDisk: boolean) => sweep(() => ({ onDisk })),
    sweepKept: (kept: readonly KeptSweep[]) =>
      sweep(({ view }) => ({ kept, view: { ...view, compared: view.compared.filter((id) => kept.some((one) => one.id === id)) } })),
    sweepKeptFailure: (keptFailure: LabFailure | null) => sweep(() => ({ keptFailure })),
    sweepExportFailure: (exportFailure: LabFailure | null) => sweep(() => ({ exportFailure })),
    sweepView: (patch: Partial<SweepView>) => sweep(({ view }) => ({ view: { ...view, ...patch } })),
  };
}

import { formatCounted, formatRate } from '../../charts/format';
import type { Setting, SweepPoint } from '../../protocol/analysis';
import type { Catalogue } from '../../protocol/catalogue';
import type { DataReport } from '../../protocol/data';
import type { SweepSpecification } from '../../protocol/sweep';
import { memoised } from '../../store/memo';
import { type LabState, useLabStore } from '../../store/store';
import type { Names } from '../../store/sweep/differences';

const namesOf = memoised((catalogue: Catalogue | null, report: DataReport | null): Names => {
  const label = (all: readonly { id: string; label: string }[] | undefined, id: string) => all?.find((one) => one.id === id)?.label ?? id;
  return {
    method: (id) => label(catalogue?.methods, id),
    model: (id) => label(catalogue?.models, id),
    task: (id) => label(report?.dataset.tasks, id),
    schedule({ id, parameters }) {
      const described = catalogue?.schedules.find((one) => one.id === id)?.parameters;
      const own = Object.entries(parameters).filter(([name, value]) => described?.find((one) => one.name === name)?.default !== value);
      const words = own.map(
        ([name, value]) => `${described?.find((one) => one.name === name)?.label.toLowerCase() ?? name} ${formatRate(value)}`,
      );
      return [label(catalogue?.schedules, id), ...words].join(', ');
    },
  };
});

const selectNames = ({ lab, data }: LabState): Names => namesOf(lab.catalogue, data.report);

/** What people call what a sweep has ids for. */
export function useNames(): Names {
  return useLabStore(selectNames);
}

/** 0.975 -> 97.5 % */
export function rateWords(rate: number | null): string {
  return rate === null ? 'full table' : `${Number((100 * rate).toFixed(2))} %`;
}

export function pointWords(point: SweepPoint, names: Names): string {
  return point.requestedRate === null ? names.method(point.method) : `${names.method(point.method)} at ${rateWords(point.requestedRate)}`;
}

export function settingWords({ task, model, schedule }: Setting, names: Names): string {
  return `${names.task(task.task)}, ${names.model(model)}, ${names.schedule(schedule)}`;
}

/** A sweep in a line. */
export function sweepWords({ tasks, methods, rates, models, schedules, seeds }: SweepSpecification, names: Names): string {
  const lists = [
    formatCounted(methods.length, 'method'),
    formatCounted(rates.length, 'rate'),
    ...(models.length > 1 ? [formatCounted(models.length, 'network')] : []),
    ...(schedules.length > 1 ? [formatCounted(schedules.length, 'schedule')] : []),
    formatCounted(seeds.length, 'seed'),
  ];
  return `${tasks.map(({ task }) => names.task(task)).join(', ')}: ${lists.join(', ')}`;
}

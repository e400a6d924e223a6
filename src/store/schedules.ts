import type { ScheduleDescription } from '../protocol/catalogue';
import { memoised } from './memo';
import type { LabState } from './store';

export type ScheduleNames = Pick<ScheduleDescription, 'label' | 'short'>;

const namesOf = memoised((schedules: readonly ScheduleDescription[] | undefined) => {
  const known = new Map((schedules ?? []).map((schedule): [string, ScheduleNames] => [schedule.id, schedule]));
  return (schedule: string) => known.get(schedule) ?? { label: schedule, short: schedule };
});

/** What people call a schedule, as the catalogue has it; its id while there is no catalogue. */
export function selectScheduleNames({ lab }: LabState): (schedule: string) => ScheduleNames {
  return namesOf(lab.catalogue?.schedules);
}

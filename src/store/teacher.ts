/** A group of controls that a teacher can take off the page, so that a class sees what the lesson is about. */
export interface HideableGroup {
  id: string;
  label: string;
  /** Where it stands, for the list that a teacher chooses from. */
  place: 'Train' | 'Page' | 'Rooms';
}

const groups = [
  { id: 'size', label: 'Compression rate and rank', place: 'Train' },
  { id: 'task', label: 'Task', place: 'Train' },
  { id: 'methods', label: 'Methods', place: 'Train' },
  { id: 'training', label: 'Epochs, batch size, optimizer, seeds', place: 'Train' },
  { id: 'schedule', label: 'Learning-rate schedule', place: 'Train' },
  { id: 'advanced', label: 'Advanced settings', place: 'Train' },
  { id: 'own-data', label: 'Loading of own files', place: 'Page' },
  { id: 'device', label: 'Choice of the device', place: 'Page' },
  { id: 'downloads', label: 'Downloads of results', place: 'Page' },
  { id: 'room-data', label: 'Data', place: 'Rooms' },
  { id: 'room-factorize', label: 'Factorize', place: 'Rooms' },
  { id: 'room-train', label: 'Train', place: 'Rooms' },
  { id: 'room-compare', label: 'Compare', place: 'Rooms' },
  { id: 'room-try', label: 'Try it', place: 'Rooms' },
  { id: 'room-learn', label: 'Learn', place: 'Rooms' },
] as const satisfies readonly HideableGroup[];

/** What can be hidden; a view asks by the id. To make something hideable is a line here and a `<Hideable>` around it. */
export type HideableId = (typeof groups)[number]['id'];

export const hideableGroups: readonly (HideableGroup & { id: HideableId })[] = groups;

/** What a teacher's link sets beside the specification; the specification with its controls hidden is the preset. */
export interface TeacherSettings {
  hidden: readonly HideableId[];
  /** Large type and few controls. */
  presenter: boolean;
}

export const initialTeacherSettings: TeacherSettings = { hidden: [], presenter: false };

import { write } from '../../store';
import { hideableGroups, initialTeacherSettings, type TeacherSettings } from '../../teacher';
import { flag, known, list } from '../readers';
import { type PropertyTable, section } from '../section';

const table: PropertyTable<TeacherSettings> = {
  hidden: {
    key: 'h',
    name: 'Hidden controls',
    fallback: initialTeacherSettings.hidden,
    read: list(
      known('control', () => hideableGroups.map(({ id }) => id)),
      { least: 0, most: hideableGroups.length },
    ),
  },
  presenter: { key: 'p', name: 'Presenter mode', fallback: initialTeacherSettings.presenter, read: flag() },
};

export const teacher = section({
  letter: 't',
  title: 'the teacher’s settings',
  table,
  get: (state) => state.teacher,
  put: (value) => write.teacher(value),
});

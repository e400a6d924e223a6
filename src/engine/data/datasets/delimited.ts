import { Pace } from '../bytes/pace';
import { columnNames } from './columns';
import { delimitedFormats, readRows } from './delimited-rows';
import type { DatasetFormat } from './format';
import { textOf } from './text';

/**
 * CSV or TSV with a header, in any text encoding that `textOf` knows. It is what a text is that is nothing else.
 *
 * Its own refusals, beside what every data set is refused for: no header, two columns of one name, a quoted field that never closes or that
 * has text behind its closing quote.
 */
export const delimited: DatasetFormat = {
  id: 'delimited',
  label: 'CSV or TSV',
  recognizes: () => true,
  async read(file, sink, options) {
    let begun = false;
    const pace = new Pace(`Reading ${file.name}`, file.size, options);
    await readRows(file.name, textOf(file, pace, sink), ({ line, fields, placeOf }, delimiter) => {
      if (begun) return sink.record({ values: fields, line, odd: null, placeOf });
      begun = true;
      const format = delimitedFormats[delimiter];
      const names = columnNames({ line, fields, placeOf }, file.name, format);
      sink.columns({ format, names, unit: 'line', fromHeader: true, placeOf });
      return true;
    });
  },
};

import type { CodedMatrix } from '../../compression/coded';
import type { NamedTensor } from '../safetensors-file';
import type { StoredMatrix } from '../stored';
import type { GraphBuilder, Value } from './builder';

/** Rows of a matrix that the file holds (`rows` int32, any shape S: S x columns), or all of it: decoded in the graph where it is stored as codes. */
export function matrixRows(graph: GraphBuilder, stored: StoredMatrix, rows: Value | null): Value {
  const { name, coded, tensors } = stored;
  if (!coded) {
    const values = graph.floats(tensors[0]);
    return rows === null ? values : graph.gather(values, rows, 0);
  }
  const side = (what: string) => {
    const found = tensors.find((tensor) => tensor.name === `${name}.${what}`);
    if (!found) throw new RangeError(`${name} has codes, and no ${what}`);
    return found;
  };
  const codes = graph.codes(`${name}.codes`, coded, rows);
  const { meaning } = coded;
  if (meaning.kind === 'even')
    return evenValues(graph, codes, { lowest: side('lowest'), step: side('step'), ofRow: meaning.per === 'row' }, rows);
  if (meaning.kind === 'placed') return placedValues(graph, codes, { coded, per: meaning.per, levels: side('levels') }, rows);
  return vectorValues(graph, codes, { coded, edges: meaning.edges, centres: side('centres') });
}

/** lowest + code step. */
function evenValues(
  graph: GraphBuilder,
  codes: Value,
  { lowest, step, ofRow }: { lowest: NamedTensor; step: NamedTensor; ofRow: boolean },
  rows: Value | null,
): Value {
  if (ofRow && rows !== null) {
    const [start, scale] = [lowest, step].map((tensor) => graph.gather(graph.floats(tensor), rows, 0));
    return graph.add(graph.multiply(graph.toFloat(graph.indices(codes)), scale), start);
  }
  return graph.add(graph.dequantize(codes, step), graph.floats(lowest));
}

/** levels[scope, code]. */
function placedValues(
  graph: GraphBuilder,
  codes: Value,
  { coded, per, levels }: { coded: CodedMatrix; per: 'matrix' | 'column' | 'row'; levels: NamedTensor },
  rows: Value | null,
): Value {
  const { name, data } = levels;
  const list = graph.floats({ name, shape: [data.length], data });
  const places = graph.indices(codes);
  if (per === 'matrix') return graph.gather(list, places, 0);
  const count = data.length / (per === 'column' ? coded.columns : coded.rows);
  const starts = (scopes: number, shape: readonly number[]) =>
    graph.integers(
      `${name}.starts`,
      shape,
      Array.from({ length: scopes }, (_, scope) => scope * count),
    );
  if (per === 'column') return graph.gather(list, graph.add(places, starts(coded.columns, [coded.columns])), 0);
  const start =
    rows === null ? starts(coded.rows, [coded.rows, 1]) : graph.multiply(graph.expand(rows), graph.integers(`${name}.count`, [1], [count]));
  return graph.gather(list, graph.add(places, start), 0);
}

/** centres[code of the column's group, column], number by number: so groups of unequal width need no care. */
function vectorValues(
  graph: GraphBuilder,
  codes: Value,
  { coded, edges, centres }: { coded: CodedMatrix; edges: readonly number[]; centres: NamedTensor },
): Value {
  const { columns } = coded;
  const { name, data } = centres;
  const all = Array.from({ length: columns }, (_, column) => column);
  const group = graph.integers(
    `${name}.groups`,
    [columns],
    all.map((column) => edges.findLastIndex((edge) => edge <= column)),
  );
  const ofColumn = graph.gather(graph.indices(codes), group, -1);
  const start = graph.multiply(ofColumn, graph.integers(`${name}.width`, [1], [columns]));
  const places = graph.add(start, graph.integers(`${name}.columns`, [columns], all));
  return graph.gather(graph.floats({ name, shape: [data.length], data }), places, 0);
}

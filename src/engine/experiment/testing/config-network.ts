/** For tests only: runs an exported network by what `config.json` says, and knows nothing of the engine. In float64. */

interface Config {
  classes: string[];
  vocabulary: { file: string; unknown: number };
  embedding: { kind: 'table' | 'factors'; matrices: MatrixConfig[] };
  layers: LayerConfig[];
}
interface MatrixConfig {
  rows: number;
  columns: number;
  tensors: { tensor: string }[];
  codes: null | {
    levels: number;
    perRow: number;
    packing: { kind: 'integers' } | { kind: 'words'; perWord: number };
    meaning: { kind: 'even' | 'placed' | 'vectors'; per: 'matrix' | 'column' | 'row' | null; edges: number[] | null };
    paddingRowIsZero: boolean;
  };
}
interface LayerConfig {
  kind: string;
  units: number;
  activation: string;
  pooling: string;
  bidirectional: boolean;
  spans: number[];
  weights: { weight: { tensor: string; shape: [number, number] }; bias: null | { tensor: string } }[];
}

type Tensors = ReadonlyMap<string, ArrayLike<number>>;
type Rows = number[][];

/** Logits of a sentence. `files`: those of a safetensors export, by path. */
export function logitsByConfig(files: ReadonlyMap<string, Uint8Array>, tokens: readonly string[]): number[] {
  const json = (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)));
  const config: Config = json('config.json');
  const tensors = readSafetensors(files.get('model.safetensors') as Uint8Array);
  const words: string[] = json(config.vocabulary.file);
  const [first, second] = config.embedding.matrices.map((matrix) => decode(matrix, tensors));
  const vectors = tokens.map((token) => {
    const row = words.indexOf(token);
    const own = first[row < 0 ? config.vocabulary.unknown : row];
    return second ? times(own, second) : own;
  });
  let x: Rows = vectors;
  for (const layer of config.layers) x = layers[layer.kind](x, layer, (index) => weights(layer.weights[index], tensors));
  return x[0];
}

function readSafetensors(bytes: Uint8Array): Tensors {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header: Record<string, { dtype: string; data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  );
  const readers: Record<string, [number, (at: number) => number]> = {
    F32: [4, (at) => view.getFloat32(at, true)],
    U32: [4, (at) => view.getUint32(at, true)],
    U16: [2, (at) => view.getUint16(at, true)],
    U8: [1, (at) => view.getUint8(at)],
  };
  return new Map(
    Object.entries(header).map(
      ([
        name,
        {
          dtype,
          data_offsets: [from, to],
        },
      ]) => {
        const [width, read] = readers[dtype];
        return [name, Array.from({ length: (to - from) / width }, (_, i) => read(start + from + i * width))];
      },
    ),
  );
}

function decode({ rows, columns, tensors: named, codes }: MatrixConfig, tensors: Tensors): Rows {
  const [data, one, two] = named.map(({ tensor }) => tensors.get(tensor) as ArrayLike<number>);
  const each = (value: (i: number, j: number) => number) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (__, j) => (codes?.paddingRowIsZero && i === 0 ? 0 : value(i, j))),
    );
  if (!codes) return each((i, j) => data[i * columns + j]);
  const { levels, perRow, packing, meaning } = codes;
  const code = (i: number) => {
    if (packing.kind === 'integers') return data[i];
    return Math.floor(data[Math.floor(i / packing.perWord)] / levels ** (i % packing.perWord)) % levels;
  };
  const { per, edges, kind } = meaning;
  const scope = (i: number, j: number) => (per === 'matrix' ? 0 : per === 'column' ? j : i);
  if (kind === 'even') return each((i, j) => one[scope(i, j)] + code(i * perRow + j) * two[scope(i, j)]);
  if (kind === 'placed') {
    const scopes = per === 'matrix' ? 1 : per === 'column' ? columns : rows;
    return each((i, j) => one[scope(i, j) * (one.length / scopes) + code(i * perRow + j)]);
  }
  const groupOf = (j: number) => (edges ?? []).findLastIndex((edge) => edge <= j);
  return each((i, j) => one[code(i * perRow + groupOf(j)) * columns + j]);
}

interface Weights {
  matrix: Rows;
  bias: number[];
}

function weights({ weight, bias }: LayerConfig['weights'][number], tensors: Tensors): Weights {
  const [rows, columns] = weight.shape;
  const values = tensors.get(weight.tensor) as ArrayLike<number>;
  const matrix = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (__, j) => values[i * columns + j]));
  return { matrix, bias: bias ? Array.from(tensors.get(bias.tensor) as ArrayLike<number>) : new Array<number>(columns).fill(0) };
}

const times = (x: readonly number[], matrix: Rows) => matrix[0].map((_, j) => x.reduce((sum, value, i) => sum + value * matrix[i][j], 0));
const affine = (x: readonly number[], { matrix, bias }: Weights) => times(x, matrix).map((value, j) => value + bias[j]);
const relu = (value: number) => Math.max(0, value);
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

const layers: Record<string, (x: Rows, layer: LayerConfig, of: (index: number) => Weights) => Rows> = {
  'embedding-bag-mean': (x) => [x[0].map((_, j) => x.reduce((sum, row) => sum + row[j], 0) / x.length)],
  'embedding-tokens': (x) => x,
  dense: (x, { activation }, of) => x.map((row) => affine(row, of(0)).map((value) => (activation === 'relu' ? relu(value) : value))),
  lstm: (x, { bidirectional, pooling, units }, of) => {
    const direction = (rows: Rows, input: Weights, recurrent: Weights) => {
      let h = new Array<number>(units).fill(0);
      let c = h;
      const states = rows.map((row) => {
        const fromState = times(h, recurrent.matrix);
        const gates = affine(row, input).map((value, j) => value + fromState[j]);
        const gate = (k: number, j: number) => gates[k * units + j];
        c = c.map((old, j) => sigmoid(gate(1, j)) * old + sigmoid(gate(0, j)) * Math.tanh(gate(2, j)));
        h = c.map((cell, j) => sigmoid(gate(3, j)) * Math.tanh(cell));
        return h;
      });
      return pooling === 'last' ? h : h.map((_, j) => Math.max(...states.map((state) => state[j])));
    };
    const forward = direction(x, of(0), of(1));
    return [bidirectional ? [...forward, ...direction([...x].reverse(), of(2), of(3))] : forward];
  },
  'conv-max': (x, { spans }, of) => [
    spans.flatMap((span, index) => {
      const filled = [...x];
      while (filled.length < span) filled.push(x[0].map(() => 0));
      const windows = filled.slice(span - 1).map((_, i) => affine(filled.slice(i, i + span).flat(), of(index)));
      return windows[0].map((_, j) => relu(Math.max(...windows.map((window) => window[j]))));
    }),
  ],
};

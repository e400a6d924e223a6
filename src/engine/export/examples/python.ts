import type { ExportExample } from '../../../protocol/export';
import type { LayerSpecification } from '../../models/model';
import type { ExportableModel } from '../format';
import { packing, type StoredMatrix, type StoredModel } from '../stored';
import { vocabularyPath } from '../vocabulary';
import type { Loader } from './loader';

/** NumPy alone: loads the tensors, decodes codes, and computes the logits of a sentence. */
export function pythonExample({ layers }: Pick<ExportableModel, 'layers'>, model: StoredModel, loader: Loader): ExportExample {
  const [first, second] = model.embedding.map(({ name, coded }) => (coded ? name : `t["${name}"]`));
  const lines = [
    'import json, sys',
    'import numpy as np',
    ...loader.python,
    ...model.embedding.flatMap(decoding),
    `rows = {word: row for row, word in enumerate(json.load(open("${vocabularyPath}", encoding="utf-8")))}`,
    'tokens = sys.argv[1:] or ["a", "fine", "film"]  # cut as config.json says; row 1 is the unknown word',
    `x = ${first}[[rows.get(token, 1) for token in tokens]]${second ? ` @ ${second}` : ''}`,
    ...layers.flatMap((layer) => layerLines(layer)),
    'p = np.exp(x - x.max()) / np.exp(x - x.max()).sum()',
    'for name, logit, share in zip(json.load(open("config.json", encoding="utf-8"))["classes"], x, p):',
    '    print(f"{name}\\t{logit:.6f}\\t{share:.6f}")',
  ];
  return { language: 'python', runtime: 'python', install: 'pip install numpy', code: `${lines.join('\n')}\n` };
}

/** Lines that make a coded matrix out of its tensors. */
function decoding({ name, rows, columns, coded }: StoredMatrix): string[] {
  if (!coded) return [];
  const { levels, meaning, padding } = coded;
  const perRow = coded.codes.length / rows;
  const packed = packing(coded);
  const lines =
    packed.kind === 'integers'
      ? [`codes = t["${name}.codes"]`]
      : [
          `powers = np.uint64(${levels}) ** np.arange(${packed.perWord}, dtype=np.uint64)  # ${packed.perWord} codes of ${levels} levels in a word`,
          `codes = (t["${name}.codes"][:, None] // powers % np.uint64(${levels})).astype(int).ravel()[:${rows * perRow}].reshape(${rows}, ${perRow})`,
        ];
  if (meaning.kind === 'even') lines.push(`${name} = t["${name}.lowest"] + codes * t["${name}.step"]`);
  else if (meaning.kind === 'vectors') {
    lines.push(
      `edges = ${JSON.stringify(meaning.edges)}`,
      `${name} = np.concatenate([t["${name}.centres"][codes[:, g], edges[g] : edges[g + 1]] for g in range(${perRow})], 1)`,
    );
  } else {
    const list = { matrix: '', column: `np.arange(${columns}), `, row: `np.arange(${rows})[:, None], ` }[meaning.per];
    lines.push(`${name} = t["${name}.levels"][${list}codes]`);
  }
  if (padding) lines.push(`${name}[0] = 0  # padding`);
  return lines;
}

const writers: { [Kind in LayerSpecification['kind']]: (layer: Extract<LayerSpecification, { kind: Kind }>) => string[] } = {
  'embedding-bag-mean': () => ['x = x.mean(0)'],
  'embedding-tokens': () => [],
  dense: ({ name, activation }) => {
    const product = `x @ t["${name}.weight"] + t["${name}.bias"]`;
    return [activation === 'relu' ? `x = np.maximum(0, ${product})` : `x = ${product}`];
  },
  lstm: ({ name, units, bidirectional, pooling }) => [
    'sigmoid = lambda z: 1 / (1 + np.exp(-z))',
    'def lstm(x, name):',
    `    h, c, states = np.zeros(${units}), np.zeros(${units}), []`,
    '    for gates in x @ t[f"{name}.input.weight"] + t[f"{name}.input.bias"]:',
    '        i, f, g, o = np.split(gates + h @ t[f"{name}.recurrent.weight"], 4)',
    '        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)',
    '        h = sigmoid(o) * np.tanh(c)',
    '        states.append(h)',
    `    return ${pooling === 'last' ? 'states[-1]' : 'np.max(states, 0)'}`,
    bidirectional
      ? `x = np.concatenate([lstm(x, "${name}.forward"), lstm(x[::-1], "${name}.backward")])`
      : `x = lstm(x, "${name}.forward")`,
  ],
  'conv-max': ({ name, spans }) => [
    'def windows(x, n):',
    '    x = np.pad(x, ((0, max(0, n - len(x))), (0, 0)))',
    '    return np.stack([x[i : i + n].ravel() for i in range(len(x) - n + 1)])',
    `x = np.concatenate([np.maximum(0, (windows(x, n) @ t[f"${name}.{n}.weight"]).max(0) + t[f"${name}.{n}.bias"]) for n in (${spans.join(', ')},)])`,
  ],
};

function layerLines(layer: LayerSpecification): string[] {
  // Each kind is asked of its own layers only.
  return (writers[layer.kind] as (layer: LayerSpecification) => string[])(layer);
}

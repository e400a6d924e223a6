import type { ExportExample } from '../../../protocol/export';
import type { ExportableModel } from '../format';
import { packing, type StoredMatrix, type StoredModel } from '../stored';
import { type LayerWriter, layerLines } from './layers';
import type { Loader } from './loader';

/** NumPy alone: loads the tensors, decodes codes, and computes the logits of a sentence. */
export function pythonExample({ layers }: Pick<ExportableModel, 'layers'>, model: StoredModel, loader: Loader): ExportExample {
  const [first, second] = model.embedding.map(({ name, coded }) => (coded ? name : `t["${name}"]`));
  const packed = model.embedding.some(({ coded }) => coded && packing(coded).kind === 'words');
  const vectors = `${first}[ids]${second ? ` @ ${second}` : ''}`;
  const isMean = layers[0].kind === 'embedding-bag-mean';
  const lines = [
    'import json, sys',
    'import numpy as np',
    'config, words = (json.load(open(path, encoding="utf-8")) for path in ("config.json", "vocabulary.json"))',
    ...loader.python,
    ...(packed
      ? [
          'unpack = lambda words, n, L: (words[:, None] // np.uint64(L) ** np.arange(n, dtype="u8") % np.uint64(L)).astype(int).ravel()  # n codes of L levels in a word',
        ]
      : []),
    ...model.embedding.flatMap(decoding),
    'tokens = sys.argv[1:] or ["a", "fine", "film"]  # cut as config.json says; row 1 is the unknown word',
    'ids = [words.index(token) if token in words[1:] else 1 for token in tokens]',
    isMean ? `x = ${second ? `(${vectors})` : vectors}.mean(0)` : `x = ${vectors}`,
    ...layerLines(layers, writer),
    'for name, logit, share in zip(config["classes"], x, np.exp(x - x.max()) / np.exp(x - x.max()).sum()):',
    '    print(f"{name}\\t{logit:.6f}\\t{share:.6f}")',
  ];
  return { language: 'python', runtime: 'python', install: 'pip install numpy', code: `${lines.join('\n')}\n` };
}

/** Lines that make a coded matrix out of its tensors. The row of padding is no word's, so what its codes say is left as it is. */
function decoding({ name, rows, columns, coded }: StoredMatrix): string[] {
  if (!coded) return [];
  const { levels, meaning } = coded;
  const perRow = coded.codes.length / rows;
  const packed = packing(coded);
  const codes =
    packed.kind === 'integers'
      ? `t["${name}.codes"]`
      : `unpack(t["${name}.codes"], ${packed.perWord}, ${levels})[:${rows * perRow}].reshape(${rows}, ${perRow})`;
  if (meaning.kind === 'even') return [`${name} = t["${name}.lowest"] + ${codes} * t["${name}.step"]`];
  if (meaning.kind === 'vectors') {
    return [
      `codes, edges = ${codes}, ${JSON.stringify(meaning.edges)}`,
      `${name} = np.concatenate([t["${name}.centres"][codes[:, g], edges[g] : edges[g + 1]] for g in range(${perRow})], 1)`,
    ];
  }
  const list = { matrix: '', column: `np.arange(${columns}), `, row: `np.arange(${rows})[:, None], ` }[meaning.per];
  return [`${name} = t["${name}.levels"][${list}${codes}]`];
}

const writer: LayerWriter = {
  lines: {
    // Taken with the words' rows.
    'embedding-bag-mean': () => [],
    'embedding-tokens': () => [],
    lstm: ({ name, units, bidirectional, pooling }) => [
      'sigmoid = lambda z: 1 / (1 + np.exp(-z))',
      `def lstm(x, name, h=np.zeros(${units}), c=np.zeros(${units})):`,
      '    states = []',
      '    for gates in x @ t[f"{name}.input.weight"] + t[f"{name}.input.bias"]:',
      '        i, f, g, o = np.split(gates + h @ t[f"{name}.recurrent.weight"], 4)',
      '        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)',
      '        h = sigmoid(o) * np.tanh(c)',
      '        states.append(h)',
      `    return ${pooling === 'last' ? 'h' : 'np.max(states, 0)'}`,
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
  },
  dense: (x, { name, activation }) => {
    const sums = `${x} @ t["${name}.weight"] + t["${name}.bias"]`;
    return activation === 'relu' ? `np.maximum(0, ${sums})` : sums;
  },
  assign: (x) => `x = ${x}`,
};

import type { ExportExample } from '../../../protocol/export';

const python = `import sys
import numpy as np
# gensim: KeyedVectors.load_word2vec_format("vectors.bin", binary=True)
lines = [line.rstrip("\\n").split(" ") for line in open("vectors.txt", encoding="utf-8", newline="\\n")][1:]
words = [word for word, *_ in lines]
unit = np.array([numbers for _, *numbers in lines], "f4")
unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-12)
cosines = unit @ unit[words.index(sys.argv[1]) if len(sys.argv) > 1 else 0]
for i in np.argsort(-cosines)[:6]:
    print(f"{words[i]}\\t{cosines[i]:.6f}")
`;

const javascript = `import { readFileSync } from 'node:fs';
const lines = readFileSync('vectors.txt', 'utf8').split('\\n').slice(1, -1).map((line) => line.split(' '));
const table = lines.map(([word, ...numbers]) => ({ word, numbers, norm: Math.max(Math.hypot(...numbers), 1e-12) }));
const wanted = table.find(({ word }) => word === (process.argv[2] ?? table[0].word));
const product = (a, b) => a.reduce((sum, value, j) => sum + value * b[j], 0);
const cosine = ({ numbers, norm }) => product(numbers, wanted.numbers) / (norm * wanted.norm);
const nearest = table.map((row) => ({ word: row.word, cosine: cosine(row) })).sort((a, b) => b.cosine - a.cosine);
for (const { word, cosine } of nearest.slice(0, 6)) console.log(\`\${word}\\t\${cosine.toFixed(6)}\`);
`;

/** The nearest words of a word. */
export const word2vecExamples: readonly ExportExample[] = [
  { language: 'python', runtime: 'python', install: 'pip install numpy', code: python },
  { language: 'javascript', runtime: 'node', install: 'Node 20.19 or newer', code: javascript },
];

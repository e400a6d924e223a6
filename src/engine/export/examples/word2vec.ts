import type { ExportExample } from '../../../protocol/export';

const python = `import sys
import numpy as np
# gensim: KeyedVectors.load_word2vec_format("vectors.bin", binary=True)
lines = open("vectors.txt", encoding="utf-8", newline="\\n").read().split("\\n")[1:-1]
words = [line.split(" ", 1)[0] for line in lines]
vectors = np.array([line.split(" ")[1:] for line in lines], "f4")
unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
word = sys.argv[1] if len(sys.argv) > 1 else words[0]
cosines = unit @ unit[words.index(word)]
for i in np.argsort(-cosines)[:6]:
    print(f"{words[i]}\\t{cosines[i]:.6f}")
`;

const javascript = `import { readFileSync } from 'node:fs';
const lines = readFileSync('vectors.txt', 'utf8').split('\\n').slice(1, -1);
const table = lines.map((line) => {
  const [word, ...numbers] = line.split(' ');
  const norm = Math.max(Math.hypot(...numbers), 1e-12);
  return { word, unit: numbers.map((number) => number / norm) };
});
const wanted = table.find(({ word }) => word === (process.argv[2] ?? table[0].word));
const cosine = ({ unit }) => unit.reduce((sum, value, j) => sum + value * wanted.unit[j], 0);
const nearest = table.map((row) => ({ word: row.word, cosine: cosine(row) })).sort((a, b) => b.cosine - a.cosine);
for (const { word, cosine } of nearest.slice(0, 6)) console.log(\`\${word}\\t\${cosine.toFixed(6)}\`);
`;

/** The nearest words of a word. */
export const word2vecExamples: readonly ExportExample[] = [
  { language: 'python', runtime: 'python', install: 'pip install numpy', code: python },
  { language: 'javascript', runtime: 'node', install: 'Node 20.19 or newer', code: javascript },
];

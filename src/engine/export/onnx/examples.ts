import type { ExportExample } from '../../../protocol/export';

const python = `import json, sys
import numpy as np
import onnxruntime
rows = {word: row for row, word in enumerate(json.load(open("vocabulary.json", encoding="utf-8")))}
tokens = sys.argv[1:] or ["a", "fine", "film"]  # cut as config.json says; row 1 is the unknown word
ids = np.array([[rows.get(token, 1) for token in tokens]], dtype=np.int64)  # of several sentences: filled up with 0
session = onnxruntime.InferenceSession("model.onnx")
(probabilities,) = session.run(None, {"ids": ids, "lengths": np.array([len(tokens)], dtype=np.int64)})
for name, share in zip(json.load(open("config.json", encoding="utf-8"))["classes"], probabilities[0]):
    print(f"{name}\\t{share:.6f}")
`;

const node = `import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const rows = new Map(read('vocabulary.json').map((word, row) => [word, row]));
const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says
const ids = BigInt64Array.from(tokens, (token) => BigInt(rows.get(token) ?? 1)); // row 1 is the unknown word
const session = await InferenceSession.create('model.onnx');
const { probabilities } = await session.run({
  ids: new Tensor('int64', ids, [1, ids.length]), // of several sentences: filled up with 0
  lengths: new Tensor('int64', BigInt64Array.of(BigInt(ids.length)), [1]),
});
read('config.json').classes.forEach((name, c) => console.log(\`\${name}\\t\${probabilities.data[c].toFixed(6)}\`));
`;

const page = `import { InferenceSession, Tensor } from 'onnxruntime-web';
const read = async (path) => (await fetch(path)).json();
const rows = new Map((await read('vocabulary.json')).map((word, row) => [word, row]));
const tokens = ['a', 'fine', 'film']; // cut as config.json says
const ids = BigInt64Array.from(tokens, (token) => BigInt(rows.get(token) ?? 1)); // row 1 is the unknown word
const session = await InferenceSession.create('model.onnx');
const { probabilities } = await session.run({
  ids: new Tensor('int64', ids, [1, ids.length]), // of several sentences: filled up with 0
  lengths: new Tensor('int64', BigInt64Array.of(BigInt(ids.length)), [1]),
});
(await read('config.json')).classes.forEach((name, c) => console.log(\`\${name}\\t\${probabilities.data[c].toFixed(6)}\`));
`;

/** The probabilities of a sentence: in Python, in Node, and in a page. */
export const onnxExamples: readonly ExportExample[] = [
  { language: 'python', runtime: 'python', install: 'pip install onnxruntime', code: python },
  { language: 'javascript', runtime: 'node', install: 'npm install onnxruntime-node', code: node },
  { language: 'javascript', runtime: 'page', install: 'In a page: npm install onnxruntime-web', code: page },
];

import type { ExportExample } from '../../../protocol/export';

const python = `import json, sys
import numpy as np
import onnxruntime
config, words = (json.load(open(path, encoding="utf-8")) for path in ("config.json", "vocabulary.json"))
tokens = sys.argv[1:] or ["a", "fine", "film"]  # cut as config.json says; row 1 is the unknown word
ids = [words.index(token) if token in words[1:] else 1 for token in tokens]  # of several sentences: filled up with 0
session = onnxruntime.InferenceSession("model.onnx")
(probabilities,) = session.run(None, {"ids": np.array([ids], dtype=np.int64), "lengths": np.array([len(ids)], dtype=np.int64)})
for name, share in zip(config["classes"], probabilities[0]):
    print(f"{name}\\t{share:.6f}")
`;

/** What is the same in Node and in a page. */
const run = `const int64 = (numbers, shape) => new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape);
const ids = tokens.map((token) => Math.max(1, words.indexOf(token))); // row 1 is the unknown word; of several sentences: filled up with 0
const session = await InferenceSession.create('model.onnx');
const { probabilities } = await session.run({ ids: int64(ids, [1, ids.length]), lengths: int64([ids.length], [1]) });
config.classes.forEach((name, c) => console.log(\`\${name}\\t\${probabilities.data[c].toFixed(6)}\`));
`;

const node = `import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
const [config, words] = ['config.json', 'vocabulary.json'].map((path) => JSON.parse(readFileSync(path, 'utf8')));
const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says
${run}`;

const page = `import { InferenceSession, Tensor } from 'onnxruntime-web';
const read = async (path) => (await fetch(path)).json();
const [config, words] = [await read('config.json'), await read('vocabulary.json')];
const tokens = ['a', 'fine', 'film']; // cut as config.json says
${run}`;

/** The probabilities of a sentence: in Python, in Node, and in a page. */
export const onnxExamples: readonly ExportExample[] = [
  { language: 'python', runtime: 'python', install: 'pip install onnxruntime', code: python },
  { language: 'javascript', runtime: 'node', install: 'npm install onnxruntime-node', code: node },
  { language: 'javascript', runtime: 'page', install: 'In a page: npm install onnxruntime-web', code: page },
];

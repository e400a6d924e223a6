import type { ExportExample } from '../../../protocol/export';

/** An LSTM has a loop, which TensorFlow.js runs asynchronously only. */
const run = (loops: boolean) => (loops ? 'await model.executeAsync' : 'model.execute');

const common = (loops: boolean) => `const ids = tokens.map((token) => rows.get(token) ?? 1); // row 1 is the unknown word
const probabilities = ${run(loops)}({
  ids: tf.tensor2d([ids], [1, ids.length], 'int32'), // of several sentences: filled up with 0
  lengths: tf.tensor1d([ids.length], 'int32'),
});`;

const node = (loops: boolean) => `import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const description = read('model.json');
const shards = description.weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(path)));
const model = tf.loadGraphModelSync([description, Uint8Array.from(Buffer.concat(shards)).buffer]);
const rows = new Map(read('vocabulary.json').map((word, row) => [word, row]));
const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says
${common(loops)}
const shares = await probabilities.data();
read('config.json').classes.forEach((name, c) => console.log(\`\${name}\\t\${shares[c].toFixed(6)}\`));
`;

const page = (loops: boolean) => `import * as tf from '@tensorflow/tfjs';
const read = async (path) => (await fetch(path)).json();
const model = await tf.loadGraphModel('model.json');
const rows = new Map((await read('vocabulary.json')).map((word, row) => [word, row]));
const tokens = ['a', 'fine', 'film']; // cut as config.json says
${common(loops)}
const shares = await probabilities.data();
(await read('config.json')).classes.forEach((name, c) => console.log(\`\${name}\\t\${shares[c].toFixed(6)}\`));
`;

/** The probabilities of a sentence: in Node, and in a page. */
export function tfjsExamples(loops: boolean): ExportExample[] {
  return [
    { language: 'javascript', runtime: 'node', install: 'npm install @tensorflow/tfjs', code: node(loops) },
    { language: 'javascript', runtime: 'page', install: 'In a page: npm install @tensorflow/tfjs', code: page(loops) },
  ];
}

import type { ExportExample } from '../../../protocol/export';

/** What is the same in Node and in a page. An LSTM has a loop, which TensorFlow.js runs asynchronously only. */
const run = (
  loops: boolean,
) => `const ids = tokens.map((token) => Math.max(1, words.indexOf(token))); // row 1 is the unknown word; of several sentences: filled up with 0
const inputs = { ids: tf.tensor2d([ids], [1, ids.length], 'int32'), lengths: tf.tensor1d([ids.length], 'int32') };
const shares = await ${loops ? '(await model.executeAsync(inputs))' : 'model.execute(inputs)'}.data();
config.classes.forEach((name, c) => console.log(\`\${name}\\t\${shares[c].toFixed(6)}\`));
`;

const node = (loops: boolean) => `import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
const [config, words, graph] = ['config', 'vocabulary', 'model'].map((name) => JSON.parse(readFileSync(\`\${name}.json\`, 'utf8')));
const shards = graph.weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(path)));
const model = tf.loadGraphModelSync([graph, Uint8Array.from(Buffer.concat(shards)).buffer]);
const tokens = process.argv.length > 2 ? process.argv.slice(2) : ['a', 'fine', 'film']; // cut as config.json says
${run(loops)}`;

const page = (loops: boolean) => `import * as tf from '@tensorflow/tfjs';
const read = async (path) => (await fetch(path)).json();
const [config, words] = [await read('config.json'), await read('vocabulary.json')];
const model = await tf.loadGraphModel('model.json');
const tokens = ['a', 'fine', 'film']; // cut as config.json says
${run(loops)}`;

/** The probabilities of a sentence: in Node, and in a page. */
export function tfjsExamples(loops: boolean): ExportExample[] {
  return [
    { language: 'javascript', runtime: 'node', install: 'npm install @tensorflow/tfjs', code: node(loops) },
    { language: 'javascript', runtime: 'page', install: 'In a page: npm install @tensorflow/tfjs', code: page(loops) },
  ];
}

import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openCpuDevice } from './device/cpu';
import { exportModel, testPredictions } from './experiment/export';
import { modelId } from './experiment/last-run';
import { inFolder, runExample } from './experiment/testing/exports';
import { finishedRun } from './experiment/testing/finished-run';

/** Python's onnxruntime is no part of the tests' set-up: what the example asks of it is asked of the one for Node, with types and shapes checked as it does. */
const standIn = `import json, subprocess
import numpy as np
class InferenceSession:
    def __init__(self, path):
        self.path = path
    def run(self, outputs, feeds):
        assert outputs is None and set(feeds) == {"ids", "lengths"}
        assert all(values.dtype == np.int64 for values in feeds.values())
        assert feeds["ids"].ndim == 2 and feeds["lengths"].shape == feeds["ids"].shape[:1]
        asked = json.dumps([feeds["ids"].tolist(), feeds["lengths"].tolist()])
        answer = subprocess.run(["node", "run.mjs", self.path, asked], capture_output=True, check=True)
        return [np.array(json.loads(answer.stdout), np.float32).reshape(len(feeds["ids"]), -1)]
`;
const runInNode = `import { InferenceSession, Tensor } from 'onnxruntime-node';
const [ids, lengths] = JSON.parse(process.argv[3]);
const tensor = (numbers, shape) => new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape);
const session = await InferenceSession.create(process.argv[2], { logSeverityLevel: 4 });
const { probabilities } = await session.run({ ids: tensor(ids.flat(), [ids.length, ids[0].length]), lengths: tensor(lengths, [lengths.length]) });
console.log(JSON.stringify([...probabilities.data]));
`;

it('runs ONNX by its Python example as it stands', async () => {
  for (const [model, method] of [
    ['dan', 'low-rank'],
    ['cnn', 'codebook'],
  ]) {
    const run = await finishedRun({ model, methods: [method], rates: [0.5], hidden: 8 });
    const id = run.models.map(modelId).find((name) => name.startsWith(method)) ?? '';
    const written = await exportModel(run, id, 'onnx');
    const [example] = written.examples.filter(({ language }) => language === 'python');
    const predictions = await testPredictions(run, id, openCpuDevice('A test asked for it.'));
    for (const { ids, probabilities } of predictions.filter((prediction) => prediction.ids.length > 0).slice(0, 5)) {
      const tokens = ids.map((row) => run.data.words[row - 2] ?? 'zxqwv');
      const printed = inFolder(written, (folder) => {
        symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
        writeFileSync(join(folder, 'onnxruntime.py'), standIn);
        writeFileSync(join(folder, 'run.mjs'), runInNode);
        return runExample(folder, example, tokens);
      });
      expect(printed.map(([name]) => name)).toEqual(run.data.classes);
      for (const [c, [, share]] of printed.entries()) expect(Math.abs(Number(share) - probabilities[c])).toBeLessThan(1e-4);
    }
  }
});

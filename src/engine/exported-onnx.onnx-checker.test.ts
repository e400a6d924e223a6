/** ONNX files before onnx's own checker, types and shapes of every node inferred: run by `npm run test:python`, where a python3 has it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inFolder, runPython } from './experiment/testing/exports';
import { onnxModel } from './export/onnx/model';
import { bundledData } from './testing/bundled';
import { bundledFiles } from './testing/bundled-files';
import { exportedModels, madeModel, modelName, oddlyCoded } from './testing/exportable';

const check = `import glob, onnx
for path in sorted(glob.glob("*.onnx")):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    print(path, [output.name for output in model.graph.output])`;

it('are valid, every network over every way to hold the words', async () => {
  const data = await bundledData(bundledFiles, 'source');
  const made = await Promise.all(exportedModels.map(async (wanted) => [modelName(wanted), await madeModel(data, wanted)] as const));
  const models = [...made, ...(await oddlyCoded(data))];
  const printed = inFolder({ files: [] }, (folder) => {
    for (const [name, model] of models) writeFileSync(join(folder, `${name}.onnx`), onnxModel(model));
    return runPython(folder, check);
  });
  expect(printed.trimEnd().split('\n')).toEqual(models.map(([name]) => `${name}.onnx ['probabilities']`).sort());
});

import { modelCard } from './card';
import { configOf } from './config';
import { javascriptExample } from './examples/javascript';
import type { Loader } from './examples/loader';
import { pythonExample } from './examples/python';
import type { ExportableModel, ExportFormat } from './format';
import { safetensorsFile } from './safetensors-file';
import { allTensors, storedModel } from './stored';
import { jsonFile } from './text-file';
import { vocabularyFile, vocabularyPath } from './vocabulary';

const path = 'model.safetensors';

const loader: Loader = {
  python: [
    `raw = memoryview(open("${path}", "rb").read())`,
    'start = 8 + int.from_bytes(raw[:8], "little")',
    'types = {"F32": "<f4", "U32": "<u4", "U16": "<u2", "U8": "u1"}',
    't = {name: np.frombuffer(raw[start:][slice(*of["data_offsets"])], types[of["dtype"]]).reshape(of["shape"])',
    '     for name, of in json.loads(bytes(raw[8:start])).items()}',
  ],
  javascriptImports: ['readFileSync'],
  javascript: [
    `const raw = readFileSync('${path}');`,
    'const start = 8 + Number(raw.readBigUInt64LE(0));',
    'const types = { F32: Float32Array, U32: Uint32Array, U16: Uint16Array, U8: Uint8Array };',
    'const bytes = ([from, to]) => raw.buffer.slice(raw.byteOffset + start + from, raw.byteOffset + start + to);',
    'const header = Object.entries(JSON.parse(raw.subarray(8, start)));',
    'const t = Object.fromEntries(header.map(([name, of]) => [name, new types[of.dtype](bytes(of.data_offsets))]));',
  ],
};

const files = [
  { path, holds: 'The embedding and the network, as float32 and whole numbers.' },
  { path: vocabularyPath, holds: 'The word of each row of the embedding.' },
  { path: 'config.json', holds: 'Layers, shapes, classes, tokenizer, and how codes are decoded: all that it takes to run the network.' },
];

const examples = (model: ExportableModel) => {
  const stored = storedModel(model);
  return [pythonExample(model, stored, loader), javascriptExample(model, stored, loader)];
};

/** The whole network in one file of tensors (https://github.com/huggingface/safetensors), with vocabulary, configuration and model card. */
export const safetensors: ExportFormat = {
  id: 'safetensors',
  label: 'safetensors',
  help: 'The whole network as one file of tensors, with its vocabulary, all that it takes to run it, and a model card; NumPy and any safetensors reader open it.',
  write: async (model) => {
    const stored = storedModel(model);
    return [
      { path, bytes: safetensorsFile(allTensors(stored)) },
      vocabularyFile(model.words),
      jsonFile('config.json', configOf(model, stored)),
      modelCard(model, files, examples(model)),
    ];
  },
  examples,
};

import { beforeAll, describe, expect, it } from 'vitest';
import type { ExportExample } from '../../../protocol/export';
import type { PreparedData } from '../../data/dataset';
import { bundledData } from '../../testing/bundled';
import { bundledFiles } from '../../testing/bundled-files';
import { exportedModels, type MadeModel, madeModel, modelName, oddlyCoded } from '../../testing/exportable';
import type { ExportableModel } from '../format';
import { exportFormats } from '../registry';
import { packing, storedModel } from '../stored';

/** Lines of code: those that hold more than a comment. */
const linesOf = ({ code }: ExportExample) => code.split('\n').filter((line) => line.trim() !== '' && !/^\s*(#|\/\/)/.test(line)).length;

const tenLines = 10;
/** What an example without a runtime that knows the network has to spell out beyond ten lines: an LSTM is its equations, step by step, a CNN its windows. */
const beyondTen: Record<string, number> = { dan: 0, cnn: 5, lstm: 10, 'bidirectional-lstm': 10 };

/** A line for each matrix that must be decoded, one that unpacks words, one for the edges of the groups of product quantization. */
function decodingLines(model: ExportableModel): number {
  const coded = storedModel(model).embedding.flatMap((matrix) => matrix.coded ?? []);
  const packed = coded.some((matrix) => packing(matrix).kind === 'words');
  const grouped = coded.some(({ meaning }) => meaning.kind === 'vectors');
  return coded.length + (packed ? 1 : 0) + (grouped ? 1 : 0);
}

describe('the lines that use an export', () => {
  let data: PreparedData;

  beforeAll(async () => {
    data = await bundledData(bundledFiles, 'source');
  });

  const check = (model: ExportableModel, network: string) => {
    for (const { id, examples } of exportFormats) {
      const own = id === 'safetensors' || id === 'npy' ? (beyondTen[network] ?? 0) + decodingLines(model) : 0;
      for (const example of examples(model)) {
        expect(linesOf(example), `${id}, ${example.runtime}:\n${example.code}`).toBeLessThanOrEqual(tenLines + own);
      }
    }
  };

  it.each(exportedModels.map((wanted) => [modelName(wanted), wanted] as [string, MadeModel]))(
    'are ten, but for what is spelled out: %s',
    async (_, wanted) => {
      check(await madeModel(data, wanted), wanted.network);
    },
  );

  it('are ten, but for codes of every scope', async () => {
    for (const [, model] of await oddlyCoded(data)) check(model, 'dan');
  });
});

import type { ExportFormatDescription } from '../../protocol/export';
import { LabError } from '../errors';
import type { ExportFormat } from './format';
import { npy } from './npy';
import { onnx } from './onnx/format';
import { safetensors } from './safetensors';
import { tfjs } from './tfjs/format';
import { word2vec } from './word2vec';

/** Every way to write a model down, in the order in which the screen lists them. */
export const exportFormats: readonly ExportFormat[] = [safetensors, onnx, tfjs, npy, word2vec];

/** @throws LabError `bad-specification` where no format has this id */
export function findExportFormat(id: string): ExportFormat {
  const format = exportFormats.find((candidate) => candidate.id === id);
  if (format) return format;
  throw new LabError(
    'bad-specification',
    `There is no export format named “${id}”.`,
    `Choose among ${exportFormats.map((candidate) => candidate.id).join(', ')}.`,
  );
}

/** The formats as the screen draws them. */
export function describeExportFormats(): ExportFormatDescription[] {
  return exportFormats.map(({ id, label, help }) => ({ id, label, help }));
}

import type { ExportFile } from '../../protocol/export';

/** A text as a file, in UTF-8. */
export function textFile(path: string, text: string): ExportFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** A value as a JSON file. */
export function jsonFile(path: string, value: unknown, indent = 2): ExportFile {
  return textFile(path, `${JSON.stringify(value, null, indent)}\n`);
}

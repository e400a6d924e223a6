/**
 * A document with its generated part, between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`, made anew; the rest stays as it is.
 *
 * @throws RangeError where the document has no such part
 */
export function withGenerated(document: string, name: string, content: string): string {
  const { start, end } = partOf(document, name);
  return `${document.slice(0, start)}\n\n${content.trim()}\n\n${document.slice(end)}`;
}

/** What stands between the markers. */
export function generated(document: string, name: string): string {
  const { start, end } = partOf(document, name);
  return document.slice(start, end).trim();
}

function partOf(document: string, name: string): { start: number; end: number } {
  const opening = `<!-- bench:${name} -->`;
  const at = document.indexOf(opening);
  const end = document.indexOf(`<!-- /bench:${name} -->`);
  if (at < 0 || end < at) throw new RangeError(`the document has no part "${name}"`);
  return { start: at + opening.length, end };
}

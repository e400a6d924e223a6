/**
 * Text of whoever made the data as one line of Markdown that shows it and does nothing else: every character with a meaning is escaped (CommonMark
 * lets any ASCII punctuation be), line breaks become spaces.
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[!"#$&()*+.:<=>@[\\\]^_`{|}~-]/g, '\\$&');
}

/** A table; its cells are Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

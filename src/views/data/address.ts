import type { SourceInput } from '../../protocol/data';
import type { LabFailure } from '../../protocol/failure';

/**
 * Reads an address as a visitor or a link gives it. Only whole web addresses: without a scheme `example.org/x.csv` would be a file of this
 * page's own, and a name before an `@` can pose as the host.
 */
export function parseAddress(text: string): { address: string } | { failure: LabFailure } {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const refuse = (what: string, remedy: string) => ({ failure: { code: 'unreachable', message: what, remedy } satisfies LabFailure });
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    return refuse(
      `“${text.trim().slice(0, 200)}” is no address that the lab fetches.`,
      'Give a whole address that begins with https:// or http://.',
    );
  }
  if (url.username || url.password) {
    return refuse(`The address of ${url.host} has a name or a password in it.`, 'Give it without them, or save the file and drop it here.');
  }
  url.hash = '';
  return { address: url.href };
}

export function hostOf(address: string): string {
  return new URL(address).host;
}

/** The files' names, as people know them; an address by the last part of its path. */
export function inputNames(inputs: readonly SourceInput[]): string {
  return inputs.map(inputName).join(', ');
}

export function inputName(input: SourceInput): string {
  if (input instanceof File) return input.name;
  const { pathname, host } = new URL(input.address);
  const last = pathname.split('/').findLast((part) => part !== '') ?? host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

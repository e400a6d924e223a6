import { existsSync } from 'node:fs';
import type { SourceInput } from '../protocol/data';
import { fromHere, openFile } from './files';
import { badFlag, list } from './options';

/** Does a word of the command line name a place on the web? */
export function isAddress(word: string): boolean {
  return /^https?:\/\//i.test(word);
}

/**
 * The files and addresses of a flag, in order. Several are divided by commas; a file whose own name has a comma in it is found too.
 *
 * An address is fetched because it was typed: there is nobody else to ask.
 *
 * @throws LabError `bad-specification` where one isn't there, or isn't an address
 */
export async function openSources(flag: string, value: string): Promise<SourceInput[]> {
  const words = !isAddress(value) && existsSync(fromHere(value)) ? [value] : (list(flag, value) ?? []);
  return Promise.all(words.map((word) => openSource(flag, word)));
}

/** A file, or an address that will be fetched. */
export async function openSource(flag: string, word: string): Promise<SourceInput> {
  if (!isAddress(word)) return (await openFile(flag, word)) as File;
  if (URL.canParse(word)) return { address: word };
  throw badFlag(`--${flag} ${word}: that is no address.`, 'Write it whole, such as https://example.org/reviews.csv.');
}

/** The hosts that inputs will be fetched from. */
export function hostsOf(inputs: readonly SourceInput[]): string[] {
  return [...new Set(inputs.flatMap((input) => ('address' in input ? [new URL(input.address).host] : [])))];
}

/** How a message calls inputs. */
export function nameOf(inputs: readonly SourceInput[]): string {
  return inputs.map((input) => ('address' in input ? input.address : input.name)).join(', ');
}

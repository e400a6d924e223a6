import type { ExperimentSpecification } from '../../protocol/specification';
import { type LabState, useLabStore } from '../store';
import { decode, encode } from './codec';
import type { LinkContext } from './readers';
import { sections } from './sections';

export interface WrittenLink {
  text: string;
  /** For people: the names of the properties that differ from the defaults. */
  names: string[];
}

/** The page as a link's text. */
export function writeLink(state: LabState): WrittenLink {
  const entries = sections.flatMap((section) => section.differences(state));
  return { text: encode(entries), names: entries.map(([key]) => nameOf(key) ?? key) };
}

/** An experiment alone as a link's text: everything else is as the page comes. */
export function writeExperimentLink(specification: ExperimentSpecification): WrittenLink {
  return writeLink({ ...useLabStore.getInitialState(), specification });
}

export interface OpenedLink {
  /** Writes what was read to the store. */
  put(): void;
  /** Sentences on what was dropped, by the property's name. */
  problems: string[];
}

/** Reads a link's text, whatever it is; nothing is written before `put`, and nothing is ever fetched or run. */
export function openLink(text: string, context: LinkContext): OpenedLink {
  const { values, lost, problem } = decode(text);
  const problems = problem ? [problem] : [];
  const missing = lost.map((key) => nameOf(key)).filter((name) => name !== null);
  if (missing.length > 0) problems.push(`Not in the link any more, so the defaults stand: ${missing.join(', ')}.`);
  const unknown = [...values.keys(), ...lost].filter((key) => nameOf(key) === null);
  if (unknown.length > 0) problems.push(`Settings that this version of the lab does not have were left out: ${unknown.join(', ')}.`);
  const opened = sections.map((section) => section.open(values, context));
  return {
    put() {
      for (const section of opened) section.put();
    },
    problems: [...problems, ...opened.flatMap((section) => section.problems)],
  };
}

function nameOf(key: string): string | null {
  for (const section of sections) {
    const name = section.nameOf(key);
    if (name !== null) return name;
  }
  return null;
}

import type { Comparison, Estimate, SweepAnalysis, SweepPoint } from '../../protocol/analysis';
import type { ReportFigure } from '../../protocol/report';
import type { SweepResults } from '../../protocol/sweep';
import { methodLabel } from '../analysis/names';
import { settingName, settingsOf } from '../analysis/settings';
import { signed } from '../analysis/wording';
import { groupKey } from '../sweep/keys';
import { escapeText } from './escape';
import { sourcesOf } from './licences';
import { type Column, type Field, sortableTable } from './table';

/** Whose work the data are, and under which terms. */
export interface Licence {
  of: string;
  text: string;
}

export function verdicts({ verdicts: all, controls }: SweepAnalysis): string {
  const items = all.map(
    ({ text, holds, sentence }) =>
      `<li><strong>${escapeText(holds)}</strong><em>${escapeText(text)}</em><p>${escapeText(sentence)}</p></li>`,
  );
  return `<ul class="verdicts">${items.join('')}</ul>${controls === null ? '' : `<p>${escapeText(controls)}</p>`}`;
}

export function recommendations({ recommendations: all }: SweepAnalysis): string {
  return all.length === 0
    ? '<p>Nothing to recommend yet: that takes the full table beside smaller models.</p>'
    : all
        .map(
          ({ sentence, specification }) =>
            `<p>${escapeText(sentence)}</p><details><summary>Its specification</summary><pre>${escapeText(JSON.stringify(specification, null, 2))}</pre></details>`,
        )
        .join('');
}

/** As images: nothing in a figure can reach the page, whoever drew it. */
export function figures(all: readonly ReportFigure[]): string {
  return all
    .map(
      ({ title, note, svg }) =>
        `<figure><img src="data:image/svg+xml;base64,${base64(svg)}" alt="${escapeText(`${title}. ${note}`)}">` +
        `<figcaption><b>${escapeText(title)}.</b> ${escapeText(note)}</figcaption></figure>`,
    )
    .join('');
}

const name = (text: string): Column => ({ name: text, numeric: false });
const number = (text: string): Column => ({ name: text, numeric: true });

export function pointTable(analysis: SweepAnalysis, { specification }: SweepResults): string {
  const columns = [
    ...(analysis.settings.length > 1 ? [name('Setting')] : []),
    name('Method'),
    number('Wanted rate, %'),
    number('Reached rate, %'),
    number('Embedding, bytes'),
    number('Network, bytes'),
    number('Test accuracy, %'),
    number('95 % interval'),
    number('Macro-F1, %'),
    number('Before retraining, %'),
    number('Drop, points'),
    number('95 % interval of the drop'),
    number('Seeds'),
    name('Front'),
  ];
  const rows = analysis.points.map((point: SweepPoint): Field[] => [
    ...(analysis.settings.length > 1 ? [{ text: settingName(analysis.settings[point.setting], specification) }] : []),
    { text: methodLabel(point.method) },
    share(point.requestedRate),
    share(point.rate),
    { text: Math.round(point.bytes).toLocaleString('en-US'), sort: point.bytes },
    { text: Math.round(point.networkBytes).toLocaleString('en-US'), sort: point.networkBytes },
    share(point.accuracy.mean),
    interval(point.accuracy),
    share(point.macroF1.mean),
    share(point.beforeRetraining?.mean ?? null),
    share(point.drop?.mean ?? null),
    interval(point.drop),
    { text: String(point.accuracy.seeds), sort: point.accuracy.seeds },
    { text: point.onFront ? 'on it' : '' },
  ]);
  return sortableTable('points', 'Means over seeds, each method at each rate', columns, rows);
}

export function comparisonTable(id: string, caption: string, all: readonly Comparison[]): string {
  const columns: Column[] = [
    { name: 'What it comes to', numeric: false, sentences: true },
    number('Difference, points'),
    number('95 % interval (t)'),
    number('Bootstrap'),
    number('p (t)'),
    number('p (t, Holm)'),
    number('p (McNemar)'),
    number('p (McNemar, Holm)'),
  ];
  const rows = all.map(({ sentence, difference, bootstrap, p, corrected, mcNemar, mcNemarCorrected }): Field[] => [
    { text: sentence },
    share(difference.mean),
    interval(difference),
    interval({ interval: bootstrap }),
    probability(p),
    probability(corrected),
    probability(mcNemar),
    probability(mcNemarCorrected),
  ]);
  return sortableTable(id, caption, columns, rows);
}

/** What will never have a cell, and why. */
export function gapList({ specification, gaps }: SweepResults): string {
  if (gaps.length === 0) return '';
  const groups = new Map(
    settingsOf(specification).flatMap((setting) =>
      specification.seeds.map((seed) => [
        groupKey({ ...setting, seed }),
        [settingName(setting, specification), `seed ${seed}`].filter(Boolean).join(', '),
      ]),
    ),
  );
  const items = gaps.map(
    ({ group, method, requestedRate, reason }) =>
      `<li>${escapeText(`${methodLabel(method)}${requestedRate === null ? '' : ` at ${100 * requestedRate} %`}, ${groups.get(group) ?? group}: ${reason}`)}</li>`,
  );
  return `<details><summary>What could not be measured, and why (${gaps.length})</summary><ul>${items.join('')}</ul></details>`;
}

export function provenance({ specification, adapters, versions }: SweepResults, licences: readonly Licence[]): string {
  const unlicensed = sourcesOf(specification).filter(({ name: of }) => !licences.some((licence) => licence.of === of));
  const item = (term: string, text: string) => `<dt>${escapeText(term)}</dt><dd>${escapeText(text)}</dd>`;
  return `<dl>${[
    item('Seeds', specification.seeds.join(', ')),
    ...adapters.map(({ backend, name: adapter, vendor, architecture, software, reason }) =>
      item(
        'Adapter',
        `${[adapter, vendor, architecture].filter(Boolean).join(', ')} (${backend}${software ? ', played by the CPU' : ''}). ${reason}`,
      ),
    ),
    ...Object.entries(versions).map(([of, version]) => item(of, version)),
    item('Word vectors', `${specification.embeddings.name} (${specification.embeddings.id})`),
    ...specification.tasks.map(({ dataset, task }) => item('Data set', `${dataset.name} (${dataset.id}), task ${task}`)),
    ...licences.map(({ of, text }) => item(`Licence of ${of}`, text)),
    ...unlicensed.map(({ name: of }) => item(`Licence of ${of}`, 'The lab knows none: ask whoever made it.')),
  ].join('')}</dl>`;
}

function share(value: number | null): Field {
  return value === null ? { text: '–', sort: null } : { text: signed(value), sort: value };
}

/** Sorted by its width. */
function interval(estimate: Pick<Estimate, 'interval'> | null): Field {
  const bounds = estimate?.interval ?? null;
  return bounds === null
    ? { text: '–', sort: null }
    : { text: `${signed(bounds[0])} to ${signed(bounds[1])}`, sort: bounds[1] - bounds[0] };
}

function probability(p: number | null): Field {
  return p === null ? { text: '–', sort: null } : { text: p < 0.0001 ? '< 0.0001' : p.toFixed(4), sort: p };
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

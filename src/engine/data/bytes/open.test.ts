import { gzipSync } from 'node:zlib';
import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { expectFailure, failureOf } from '../testing';
import { openInputs, withEstimatedTotal } from './open';
import type { SourceFile } from './source-file';

const noNetwork = async () => {
  throw new TypeError('Failed to fetch');
};
const open = (...files: File[]) => openInputs(files, noNetwork, 'bad-embeddings');
const textOf = ({ stream }: SourceFile) => new Response(stream() as ReadableStream<Uint8Array<ArrayBuffer>>).text();
const fileOf = (content: BlobPart, name: string) => new File([content], name);
const gzip = (content: string | Uint8Array) => new Uint8Array(gzipSync(content));

async function zip(entries: Record<string, string>, password?: string): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, password });
  for (const [name, content] of Object.entries(entries)) await writer.add(name, new TextReader(content));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

describe('openInputs', () => {
  it('hands over a plain file as it is', async () => {
    const file = fileOf('the 1 2\n', 'a.txt');
    expect((await open(file))[0]).toBe(file);
  });

  it('unpacks gzip by content, as often as the stream is asked for', async () => {
    const [file] = await open(fileOf(gzip('the 1 2\n'.repeat(1000)), 'vectors.txt.gz'));
    expect([file.name, file.size, file.estimatedSize]).toEqual(['vectors.txt', Number.POSITIVE_INFINITY, 8000]);
    for (let i = 0; i < 2; i++) expect(await textOf(file)).toBe('the 1 2\n'.repeat(1000));
    expect(await textOf((await open(fileOf(gzip('a 1'), 'named.csv')))[0])).toBe('a 1');
  });

  it('unpacks gzip in gzip and gzip in zip', async () => {
    expect(await textOf((await open(fileOf(gzip(gzip('a 1')), 'a.gz')))[0])).toBe('a 1');
    const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
    await writer.add('a.gz', new Blob([gzip('a 1')]).stream());
    const [file] = await open(new File([await writer.close()], 'a.zip'));
    expect([file.name, await textOf(file)]).toEqual(['a', 'a 1']);
  });

  it('takes the data files of a zip archive, and not what lies beside them', async () => {
    const packed = await zip({
      '__MACOSX/._a.txt': 'x',
      'folder/': '',
      'folder/a.txt': 'a 1\n',
      'README.md': 'Hello',
      LICENSE: 'MIT',
      '.DS_Store': '',
    });
    const files = await open(fileOf(packed, 'a.zip'));
    expect(files.map(({ name, size }) => [name, size])).toEqual([['a.txt', 4]]);
    for (let i = 0; i < 2; i++) expect(await textOf(files[0])).toBe('a 1\n');
    expect((await open(fileOf(await zip({ 'v.npy': 'v', 'w.txt': 'w' }), 'a.zip'))).map(({ name }) => name)).toEqual(['v.npy', 'w.txt']);
  });

  it('lets an archive go whose reading is broken off', async () => {
    const [file] = await open(fileOf(await zip({ 'a.txt': 'a 1\n'.repeat(100_000) }), 'a.zip'));
    const reader = file.stream().getReader();
    await reader.read();
    await reader.cancel();
    expect((await textOf(file)).length).toBe(400_000);
  });

  it('names the files of an archive that holds too many, and says so where there is none', async () => {
    const many = Object.fromEntries([50, 100, 200, 300].map((d) => [`glove.6B.${d}d.txt`, 'a 1']));
    await expectFailure(
      open(fileOf(await zip(many), 'glove.6B.zip')),
      'bad-embeddings',
      'glove.6B.zip is a zip archive of 4 files: glove.6B.50d.txt, glove.6B.100d.txt, glove.6B.200d.txt, glove.6B.300d.txt.',
    );
    await expectFailure(open(fileOf(await zip({}), 'no.zip')), 'bad-embeddings', 'no.zip is a zip archive with no file of data in it.');
  });

  it('knows documents that are archives, and says what to save them as', async () => {
    const workbook = { '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>', 'xl/worksheets/sheet1.xml': '<x/>' };
    const failure = await failureOf(open(fileOf(await zip(workbook), 'reviews.xlsx')));
    expect(failure.message).toBe('reviews.xlsx is an Excel workbook.');
    expect(failure.remedy).toContain('CSV');
    await expectFailure(open(fileOf(await zip({ 'archive/data.pkl': 'x' }), 'model.pt')), 'bad-embeddings', /^model\.pt is a PyTorch file/);
  });

  it('does not read on in an archive that lists files without end', async () => {
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`${i}.txt`, '']));
    await expectFailure(open(fileOf(await zip(many), 'many.zip')), 'bad-embeddings', /is a zip archive of 1,000 or more files: 0\.txt, /);
  });

  it('refuses archives that are cut off, damaged or encrypted', async () => {
    const packed = gzip(Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) % 251));
    const [file] = await open(fileOf(packed.slice(0, packed.length - 30), 'a.gz'));
    await expectFailure(textOf(file), 'bad-embeddings', /^a\.gz is compressed by gzip, and is cut off or damaged/);
    const archive = await zip({ 'a.txt': 'a 1\n'.repeat(5000) });
    await expectFailure(open(fileOf(archive.slice(0, 100), 'a.zip')), 'bad-embeddings', /^a\.zip: the zip archive is cut off or damaged/);
    const broken = archive.slice();
    broken.fill(0xff, 45, 60);
    const failure = await failureOf(open(fileOf(broken, 'a.zip')).then(([inner]) => textOf(inner)));
    expect(failure.message).toMatch(/^a\.zip, a\.txt: the zip archive is cut off or damaged/);
    const secret = fileOf(await zip({ 'a.txt': 'a 1\n' }, 'secret'), 'a.zip');
    await expectFailure(open(secret), 'bad-embeddings', 'a.zip, a.txt: the zip archive is encrypted.');
  });

  it('refuses bombs before they have unpacked', async () => {
    const zeros = new Uint8Array(100 * 2 ** 20);
    const [file] = await open(fileOf(gzip(zeros), 'bomb.gz'));
    await expectFailure(textOf(file), 'bad-embeddings', /^bomb\.gz is packed like a bomb: .* unpack to more than 6\d\.\d MiB/);
    const [inner] = await open(fileOf(await zip({ 'bomb.txt': '0'.repeat(zeros.length) }), 'bomb.zip'));
    await expectFailure(textOf(inner), 'bad-embeddings', /^bomb\.txt is packed like a bomb/);
  }, 20_000);
});

describe('openInputs of an address', () => {
  const address = 'https://example.org/data/my%20table.txt.gz?raw=1';
  const opened = (body: BodyInit, init?: ResponseInit) => {
    let fetched = 0;
    const files = openInputs(
      [{ address }],
      async () => {
        fetched++;
        return new Response(body, init);
      },
      'bad-embeddings',
    );
    return files.then(([file]) => ({ file, fetched: () => fetched }));
  };

  it('names it by its path, unpacks it, and fetches it again for a second reading', async () => {
    const { file, fetched } = await opened(gzip('a 1\n'));
    expect([file.name, await textOf(file), await textOf(file)]).toEqual(['my table.txt', 'a 1\n', 'a 1\n']);
    // Looked into twice, since gzip may hold gzip; each look ends after its first bytes.
    expect(fetched()).toBe(4);
  });

  it('keeps a zip archive until it has been read', async () => {
    const { file, fetched } = await opened(await zip({ 'a.txt': 'a 1\n' }));
    expect([file.name, await textOf(file), await textOf(file)]).toEqual(['a.txt', 'a 1\n', 'a 1\n']);
    expect(fetched()).toBe(2);
  });

  it('names host and status where it fails, and what a browser says nothing about', async () => {
    await expectFailure(
      opened('', { status: 404, statusText: 'Not Found' }),
      'unreachable',
      'example.org answered with status 404 Not Found to the request for my table.txt.gz.',
    );
    await expectFailure(
      openInputs([{ address }], noNetwork, 'bad-dataset'),
      'unreachable',
      /could not be fetched from example\.org: .*CORS/,
    );
    for (const bad of ['file:///etc/passwd', 'javascript:alert(1)', 'my.txt']) {
      await expectFailure(
        openInputs([{ address: bad }], noNetwork, 'bad-dataset'),
        'unreachable',
        `"${bad}" is no address of a file on the web.`,
      );
    }
  });
});

describe('withEstimatedTotal', () => {
  it('gives progress a total that is never less than what is done', () => {
    const seen: (number | null)[] = [];
    const file = { name: 'a', size: Number.POSITIVE_INFINITY, estimatedSize: 100, stream: () => new ReadableStream<Uint8Array>() };
    const { onProgress } = withEstimatedTotal({ onProgress: ({ totalBytes }) => seen.push(totalBytes) }, [file]);
    for (const doneBytes of [10, 120]) onProgress?.({ stage: '', doneBytes, totalBytes: null });
    expect(seen).toEqual([100, 120]);
  });
});

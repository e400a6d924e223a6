import { LabError } from '../../errors';
import { type ReadOptions, type SourceFile, unknownSize } from './source-file';

/** Fetches an address: `fetch` in a browser and in Node. */
export type FetchAddress = (address: string, signal?: AbortSignal) => Promise<Response>;

const remedy = 'Check the address, or download the file yourself and drop it on the page.';

/**
 * The file behind an address that the visitor confirmed, read as it arrives. It is fetched once for the look into it and once more for
 * each stream after the first: a download can't be rewound, and keeping it would hold the packed file beside its table.
 *
 * The size is never taken as known: what a server announces may be the size of a compressed transfer.
 *
 * @throws LabError `unreachable`, naming host and status; `cancelled`
 */
export async function openAddress(address: string, fetchAddress: FetchAddress, { signal }: ReadOptions): Promise<SourceFile> {
  const url = parsed(address);
  const name = nameOf(url);
  const first = await answer(url, name, fetchAddress, signal);
  const announced = Number(first.headers.get('content-length') ?? Number.NaN);
  let unread: ReadableStream<Uint8Array> | null = first.body;
  return {
    name,
    size: unknownSize,
    estimatedSize: announced > 0 ? announced : null,
    stream() {
      const stream = unread;
      unread = null;
      return stream ?? laterStream(async () => (await answer(url, name, fetchAddress, signal)).body);
    },
  };
}

function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new LabError(
    'unreachable',
    `"${address.slice(0, 100)}" is no address of a file on the web.`,
    'Give one that begins with https://.',
  );
}

/** What stands behind the last slash. */
function nameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '');
  if (last === undefined) return url.host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

async function answer(url: URL, file: string, fetchAddress: FetchAddress, signal?: AbortSignal): Promise<Response> {
  const cancelled = () => {
    if (signal?.aborted) {
      throw new LabError('cancelled', 'The load was cancelled.', 'What was loaded before is still there; load again when you like.');
    }
  };
  cancelled();
  const response = await fetchAddress(url.href, signal).catch(() => {
    cancelled();
    // A browser tells a page no more than that, lest it learn about the visitor's own network.
    throw new LabError(
      'unreachable',
      `${file} could not be fetched from ${url.host}: it does not answer, or does not let other sites' pages read its files (CORS).`,
      'Download the file yourself and drop it on the page, or take an address whose server allows it.',
      { file },
    );
  });
  if (response.ok && response.body) return response;
  await response.body?.cancel().catch(() => {});
  const status = `${response.status} ${response.statusText}`.trim();
  throw new LabError('unreachable', `${url.host} answered with status ${status} to the request for ${file}.`, remedy, { file });
}

/** A stream whose source is only opened when someone reads it. */
function laterStream(open: () => Promise<ReadableStream<Uint8Array> | null>): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reader ??= (await open())?.getReader();
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

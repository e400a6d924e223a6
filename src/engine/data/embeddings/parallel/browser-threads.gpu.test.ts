import { describe, expect, it } from 'vitest';
import { readTextTable } from '../glove-text';
import { selectionOf } from '../selection';
import { browserParsers } from './browser-threads';

describe('threads of a browser', () => {
  it('read a table as this thread does, and are really at work', async () => {
    const parsers = browserParsers();
    if (!parsers) throw new Error('the browser says that it has one core');
    const rows = Array.from({ length: 200_000 }, (_, i) => `w${i} ${i} ${-i / 8} 0.${i}\n`);
    const file = new File(rows, 'table.txt');
    const all = selectionOf({ kind: 'all' }, { tokens: [] });
    const one = await readTextTable(file, all);
    let answers = 0;
    const counted = {
      count: parsers.count,
      spawn() {
        const thread = parsers.spawn();
        return {
          ...thread,
          listen: (onMessage: (message: unknown) => void, onFailure: (reason: string) => void) =>
            thread.listen((message) => {
              answers++;
              onMessage(message);
            }, onFailure),
        };
      },
    };
    // Slowly, so that the threads have started before the file is read.
    const slow = {
      name: file.name,
      size: file.size,
      stream: () =>
        file.stream().pipeThrough(
          new TransformStream({
            async transform(chunk, controller) {
              await new Promise((resolve) => setTimeout(resolve, 30));
              controller.enqueue(chunk);
            },
          }),
        ),
    };
    const many = await readTextTable(slow, all, { parsers: counted }, { inlineBytes: 4096, threadBytes: 16_384, threadsFrom: 0 });
    expect(answers).toBeGreaterThan(parsers.count);
    expect(many.source).toEqual(one.source);
    expect(many.words).toEqual(one.words);
    for (const row of [0, 77_777, 199_999]) expect(many.vectors.row(row)).toEqual(one.vectors.row(row));
  });
});

import { describe, expect, it } from 'vitest';
import { ProgressLine } from './progress';
import { row } from './testing/fake-lab';

function recorded(terminal: boolean) {
  const written: string[] = [];
  let time = 0;
  const line = new ProgressLine(
    (text) => written.push(text),
    terminal,
    () => time,
  );
  return { line, written, wait: (ms: number) => (time += ms) };
}

const progress = { kind: 'progress', label: 'Training', done: 0.5, secondsLeft: 61 } as const;

describe('ProgressLine', () => {
  it('writes over one line on a terminal, and clears it for what stays', () => {
    const { line, written } = recorded(true);
    line.load({ stage: 'Reading', doneBytes: 50, totalBytes: 200 });
    line.events([progress]);
    line.say('done');
    expect(written).toEqual(['\r\x1b[KReading: 25 %', '\r\x1b[K 50 %  Training, 1 min 1 s left', '\r\x1b[K', 'done\n']);
  });

  it('writes a line now and then elsewhere', () => {
    const { line, written, wait } = recorded(false);
    line.load({ stage: 'Reading', doneBytes: 2_500_000, totalBytes: null });
    line.events([progress]);
    wait(10_000);
    line.events([{ ...progress, secondsLeft: null }]);
    expect(written).toEqual(['Reading: 2.5 MB\n', ' 50 %  Training\n']);
  });

  it('says each result', () => {
    const { line, written } = recorded(false);
    line.events([{ kind: 'result', row: row({ method: 'low-rank', requestedRate: 0.9, seconds: 2.26 }) }]);
    expect(written).toEqual(['low-rank at 90 %, seed 1: test accuracy 84.0 %, macro-F1 84.0 %, 2.3 s\n']);
  });
});

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const watched = (body: string) => {
  const code = `import { Watch } from ${JSON.stringify(new URL('watch.ts', import.meta.url).href)};
    const watch = new Watch('seed 3', 300);
    ${body}
    await watch[Symbol.asyncDispose]();`;
  const { signal, status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 20_000,
    killSignal: 'SIGTERM',
  });
  return { signal, status, stderr };
};

it('ends a process that a mutation keeps busy for ever, and names the mutation', () => {
  expect(watched('watch.at(7); while (true);')).toEqual({
    signal: 'SIGKILL',
    status: null,
    stderr: 'seed 3, mutation 7 (only: 7) does not come to an end\n',
  });
});

it('lets mutations be that come to an end', () => {
  const short = 'const until = performance.now() + 200; while (performance.now() < until);';
  expect(watched(`for (let n = 0; n < 8; n++) { watch.at(n); ${short} }`)).toEqual({ signal: null, status: 0, stderr: '' });
});

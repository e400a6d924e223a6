import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's packages are its own python3's, which need not be the first one on the path. */
const candidates = [process.env.BENCH_PYTHON, 'python3', '/usr/bin/python3'].filter((path): path is string => Boolean(path));
const found = new Map<string, { path: string; version: string } | null>();

/** A python3 that has a module, with the module's version; null where there is none. */
export function pythonWith(module: string): { path: string; version: string } | null {
  const known = found.get(module);
  if (known !== undefined) return known;
  for (const path of candidates) {
    const { status, stdout } = spawnSync(path, ['-c', `import ${module}; print(${module}.__version__)`], { encoding: 'utf8' });
    if (status === 0) {
      found.set(module, { path, version: stdout.trim() });
      return found.get(module) ?? null;
    }
  }
  found.set(module, null);
  return null;
}

/** Why a peer in Python is missing. */
export const missingPython = (peer: string, module: string) =>
  `${peer}: not measured, no python3 here has ${module} (Debian: python3-${module}; or set BENCH_PYTHON).`;

/**
 * A peer in a process of its own: a JSON object a line in, one a line out, one request at a time, so that its runs take turns with ours. The
 * time is measured there, without the pipe.
 */
export class PythonPeer {
  private readonly lines: AsyncIterator<string>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly script: string,
  ) {
    if (!child.stdout) throw new Error(`${script} has no output`);
    this.lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static start(python: string, script: string, environment: Record<string, string> = {}): PythonPeer {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(python, ['-u', path], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
    return new PythonPeer(child, script);
  }

  async ask<Answer>(request: Record<string, unknown>): Promise<Answer> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.script} ended at ${JSON.stringify(request).slice(0, 200)}; its reason is above`);
    return JSON.parse(value) as Answer;
  }

  /** Its input's end is its own. */
  close(): void {
    this.child.stdin?.end();
  }
}

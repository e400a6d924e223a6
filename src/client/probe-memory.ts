import type { ProbeFigures } from '../protocol/device';

/** Remembers between visits what the backends took: the engine says which of it still holds. */
export interface ProbeMemory {
  read(): ProbeFigures[];
  write(figures: ProbeFigures): void;
}

const key = 'lowrank-lab.probes';
/** Adapters and versions that a browser meets in a while. */
const most = 8;

/** The browser's local storage; where it is forbidden, each visit measures anew. */
export const browserProbes: ProbeMemory = {
  read() {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(value) ? value.filter(isFigures).slice(0, most) : [];
    } catch {
      return [];
    }
  },
  write(figures) {
    try {
      localStorage.setItem(key, JSON.stringify(remember(this.read(), figures)));
    } catch {
      // Forbidden or full.
    }
  },
};

/** The newest first; figures of the same machine and versions are replaced. */
export function remember(known: readonly ProbeFigures[], figures: ProbeFigures): ProbeFigures[] {
  const { adapter, browser, lab } = figures;
  const others = known.filter((other) => other.adapter !== adapter || other.browser !== browser || other.lab !== lab);
  return [figures, ...others].slice(0, most);
}

function isFigures(value: unknown): value is ProbeFigures {
  if (typeof value !== 'object' || value === null) return false;
  const { adapter, browser, lab, webgpuStepMs, cpuStepMs, measuredAt } = value as Record<string, unknown>;
  return (
    [adapter, browser, lab].every((text) => typeof text === 'string' && text.length <= 500) &&
    [webgpuStepMs, cpuStepMs, measuredAt].every((number) => typeof number === 'number' && Number.isFinite(number) && number >= 0)
  );
}

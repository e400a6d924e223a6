import type { Device } from '../src/engine/device/device';
import type { Findings, Row } from './results';

export type Backend = Row['backend'];

/** What a work is measured with. */
export interface BenchContext {
  /** The essential rows, with fewer repeats. */
  quick: boolean;
  /** ISO. */
  date: string;
  /** The processor, as the adapter of what runs on the CPU. */
  processor: string;
  /** Rounds of an interleaved measurement. */
  rounds: number;
  /** For files that live as long as the bench. */
  folder: string;
  /** Progress, on stderr. */
  say(line: string): void;
  /** The CPU backend, and WebGPU where Node finds an adapter. */
  devices(): Promise<readonly Device[]>;
}

/** One kind of work at one size: a line in `registry.ts`. Its name is that of its rows. */
export interface Work {
  name: string;
  /** Among the essential ones. */
  quick: boolean;
  /** Runs when it is asked for by name, and not by default: it takes long, or wants more of the machine than a bench should take. */
  onlyByName?: true;
  measure(context: BenchContext): Promise<Findings>;
}

export const noFindings = (): Findings => ({ rows: [], memory: [], scale: [], notes: [] });

/** What ours ran on. */
export function adapterOf(device: Device, { processor }: Pick<BenchContext, 'processor'>): string {
  return device.report.backend === 'cpu' ? processor : device.report.name;
}

import type { BackendChoice, ProbeFigures } from '../../protocol/device';
import type { FetchBundled } from '../data/bundled';
import type { FetchAddress } from '../data/bytes/open';
import type { ParserThreads } from '../data/bytes/source-file';
import type { Dataset, WordVectors } from '../data/dataset';
import type { SourceStorage } from '../data/storage/storage';
import type { Device } from '../device/device';
import type { RunStorage } from '../runs/storage/storage';
import type { SweepStorage } from '../sweep/storage/storage';

/** The effects that the lab needs from where it runs: a worker, a test, the command line. */
export interface LabEnvironment {
  openDevice(choice: BackendChoice, known: readonly ProbeFigures[]): Promise<Device>;
  fetchBundled: FetchBundled;
  /** Fetches an address that the visitor confirmed. */
  fetchAddress: FetchAddress;
  /** Where sources are kept between visits; null where there is no such place. */
  storage: SourceStorage | null | Promise<SourceStorage | null>;
  /** Where sweeps are kept between visits; in memory where it is absent. */
  sweeps?: SweepStorage | Promise<SweepStorage>;
  /** Where runs are kept between visits; in memory where it is absent. */
  runs?: RunStorage | Promise<RunStorage>;
  /** Threads that help to read large files; none where it is absent. */
  parsers?: ParserThreads | null;
  /** What there is from the beginning; nothing where it is absent. */
  loaded?: Loaded;
  /** Milliseconds. */
  now(): number;
  versions: Record<string, string>;
}

export interface Loaded {
  vectors: WordVectors;
  dataset: Dataset;
}

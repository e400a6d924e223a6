import type { DeviceReport } from '../../protocol/device';
import type { ExportExample, ExportFile } from '../../protocol/export';
import type { ResultRow } from '../../protocol/results';
import type { ExperimentSpecification } from '../../protocol/specification';
import type { LayerSpecification } from '../models/model';
import type { NetworkState } from '../training/trial';

/** A trained model with everything that a file of it says. */
export interface ExportableModel {
  /** `METHOD` or `METHOD@RATE`. */
  id: string;
  /** Embedding (with codes where the method holds whole numbers) and weights by layer name, dense: (inputs + 1) x units, the last row the bias. */
  state: NetworkState;
  layers: readonly LayerSpecification[];
  /** Words of rows 2, 3, ...; row 0 is padding, row 1 unknown. */
  words: readonly string[];
  classes: readonly string[];
  tokenizer: string;
  /** Of the run's first seed. */
  row: ResultRow;
  /** Of all seeds of its method and rate. */
  rows: readonly ResultRow[];
  specification: ExperimentSpecification;
  adapter: DeviceReport;
  versions: Record<string, string>;
  licences: readonly { of: string; text: string }[];
}

/** One way to write a model down. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface ExportFormat {
  id: string;
  label: string;
  help: string;
  /** Files that open elsewhere; the codes of a method that holds whole numbers stay whole numbers where the format can. */
  write(model: ExportableModel): Promise<ExportFile[]>;
  /** Ten lines each where a runtime knows the network or nothing is coded (`examples/length.test.ts`), that run as they stand in the folder that the files lie in. */
  examples(model: ExportableModel): ExportExample[];
}

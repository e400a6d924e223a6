/** One way to write a trained model down. */
export interface ExportFormatDescription {
  id: string;
  label: string;
  /** One sentence: what opens it. */
  help: string;
}

/** A file of an export; `path` may hold folders, by `/`. */
export interface ExportFile {
  path: string;
  bytes: Uint8Array;
}

/** Lines that use an export as it lies in a folder; tested as they stand. */
export interface ExportExample {
  language: 'python' | 'javascript';
  /** Where the lines run; a format has at most one example of each. */
  runtime: 'python' | 'node' | 'page';
  /** What must be installed: `pip install numpy`. */
  install: string;
  code: string;
}

export interface ModelExport {
  format: string;
  files: ExportFile[];
  examples: ExportExample[];
  /** What the lab counts for the embedding, and for the whole network: what the files hold beside their headers, vocabulary and texts. */
  embeddingBytes: number;
  networkBytes: number;
}

/** A test sentence as a model reads it. */
export interface TestPrediction {
  text: string;
  /** Rows of the model's table; 1 is the unknown word. */
  ids: number[];
  /** By class. */
  probabilities: number[];
}

/** The lab's verbs that write a trained model down. */
export interface ExportLab {
  /**
   * A model of the last run (or of the one that was opened), in one format. A method that holds whole numbers is written as whole numbers where the
   * format can.
   *
   * @param model an id as `trainedModels` gives it
   * @throws LabFailure `no-data` where there is no such model, `bad-specification` where there is no such format
   */
  exportModel(model: string, format: string): Promise<ModelExport>;
  /**
   * What such a model says of each sentence of the test split (of the first seed), in the split's order: to hold an export against.
   *
   * @throws LabFailure `no-data` where there is no such model, `busy` while something goes on
   */
  testPredictions(model: string): Promise<TestPrediction[]>;
}

/** One way to cut a text into tokens. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Tokenizer {
  /** Stable: it stands in specifications by way of the data set's id, and on the command line. */
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
  /** The tokens of a text, in order. Pure. The same in every browser and in Node, unless `help` says where it isn't. */
  tokenize(text: string): string[];
}

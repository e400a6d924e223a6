/** One way to cut a text into tokens. To add one is to write a file like its siblings and a line in `registry.ts`. */
export interface Tokenizer {
  /** Stable: it stands in specifications by way of the data set's id, and on the command line. */
  id: string;
  label: string;
  /** One sentence for a person who meets it for the first time. */
  help: string;
  /** The same exactly, for whoever cuts texts for an exported model without the lab. */
  rule: string;
  /** The regular expression of the rule (ECMAScript, flags g and u), where it has one. */
  pattern: string | null;
  /** The tokens of a text, in order. Pure. The same in every browser and in Node, unless `help` says where it isn't. */
  tokenize(text: string): string[];
}

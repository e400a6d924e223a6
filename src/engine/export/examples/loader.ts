/** Lines that read an export's tensors into `t`, by name: arrays with their shapes in Python, flat typed arrays in JavaScript. */
export interface Loader {
  python: readonly string[];
  javascriptImports: readonly string[];
  javascript: readonly string[];
}

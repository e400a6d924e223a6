/**
 * Lines that read an export's tensors into `t`, by name, as `config.tensors` says where they lie: arrays with their shapes in Python, flat typed arrays in
 * JavaScript.
 */
export interface Loader {
  python: readonly string[];
  javascript: readonly string[];
}

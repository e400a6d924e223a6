/** A TensorFlow graph as TensorFlow.js reads it: JSON of the messages GraphDef and FunctionDef (https://github.com/tensorflow/tensorflow, core/framework). */

export type DataType = 'DT_FLOAT' | 'DT_INT32' | 'DT_BOOL';

export type AttributeValue =
  | { type: DataType }
  | { i: string }
  | { b: boolean }
  | { s: string }
  | { list: { i: string[] } }
  | { shape: { dim: { size: string }[] } }
  | { func: { name: string } };

export interface GraphNode {
  name: string;
  op: string;
  /** A further output of a node is `NAME:INDEX`. */
  input: string[];
  attr: Record<string, AttributeValue>;
}

interface Argument {
  name: string;
  type: DataType;
}

export interface GraphFunction {
  signature: { name: string; inputArg: Argument[]; outputArg: Argument[] };
  nodeDef: GraphNode[];
  /** What each output is. */
  ret: Record<string, string>;
}

export const typed = (type: DataType): AttributeValue => ({ type });
export const integer = (value: number): AttributeValue => ({ i: String(value) });
export const integers = (...values: number[]): AttributeValue => ({ list: { i: values.map(String) } });
/** Bytes are base64 in JSON. */
export const text = (value: string): AttributeValue => ({ s: btoa(value) });
export const shapeOf = (...sizes: number[]): AttributeValue => ({ shape: { dim: sizes.map((size) => ({ size: String(size) })) } });

export function graphNode(name: string, op: string, input: readonly string[], attr: Record<string, AttributeValue> = {}): GraphNode {
  return { name, op, input: [...input], attr };
}

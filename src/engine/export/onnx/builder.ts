import { create } from '@bufbuild/protobuf';
import type { CodedMatrix } from '../../compression/coded';
import { codesPerWord } from '../../compression/levels';
import type { LstmLayer } from '../../models/layers/lstm';
import type { GraphBuilder, LstmDirection, Value } from '../graph/builder';
import { noValue } from '../graph/layout';
import { packCodes } from '../packed-codes';
import type { NamedTensor } from '../safetensors-file';
import {
  type AttributeProto,
  AttributeProtoSchema,
  AttributeProto_AttributeType as AttributeType,
  TensorProto_DataType as DataType,
  type NodeProto,
  NodeProtoSchema,
  type TensorProto,
  TensorProtoSchema,
} from './onnx_pb';

type Attribute = number | readonly number[] | string;
type Numbers = Float32Array | Uint32Array | Uint16Array | Uint8Array | Int32Array | BigInt64Array;

const dataTypes: Readonly<Record<string, DataType>> = {
  Float32Array: DataType.FLOAT,
  Uint8Array: DataType.UINT8,
  Uint16Array: DataType.UINT16,
  Uint32Array: DataType.UINT32,
  Int32Array: DataType.INT32,
  BigInt64Array: DataType.INT64,
};

/** Nodes and initializers of an ONNX graph, operator set 17 (https://onnx.ai/onnx/operators). */
export class OnnxBuilder implements GraphBuilder {
  readonly nodes: NodeProto[] = [];
  private readonly held = new Map<string, TensorProto>();
  /** Types of codes, which `dequantize` and `indices` take as they lie. */
  private readonly codeTypes = new Map<Value, DataType>();
  /** Values by what makes them: nothing is computed twice. */
  private readonly made = new Map<string, Value>();
  readonly ids: Value;
  readonly lengths: Value;

  /** Inputs and output are named by the signature: `ids` and `lengths` (int64), `probabilities`. */
  constructor() {
    this.ids = this.cast('ids', DataType.INT32);
    this.lengths = this.unsqueeze(this.cast('lengths', DataType.INT32), -1);
  }

  get initializers(): TensorProto[] {
    return [...this.held.values()];
  }

  positions(): Value {
    const time = this.node('Gather', [this.node('Shape', ['ids']), this.scalar(1)]);
    return this.range(this.cast(time, DataType.INT32));
  }

  floats({ name, shape, data }: NamedTensor): Value {
    return this.hold(name, shape, data);
  }

  integers(name: string, shape: readonly number[], numbers: readonly number[]): Value {
    return this.hold(name, shape, Int32Array.from(numbers));
  }

  /**
   * A byte, or two, for each code where that takes no more than packed words; else words of 32 bits, in which the code k of all lies as the digit k mod n
   * of word k div n.
   */
  codes(name: string, coded: CodedMatrix, rows: Value | null): Value {
    const { codes, levels, rows: count } = coded;
    const perWord = codesPerWord(levels);
    const perRow = codes.length / count;
    if (perWord === 4 || perWord === 2) {
      const data = perWord === 4 ? Uint8Array.from(codes) : codes;
      const all = this.hold(name, [count, perRow], data);
      const some = rows === null ? all : this.gather(all, rows, 0);
      this.codeTypes.set(some, perWord === 4 ? DataType.UINT8 : DataType.UINT16);
      return some;
    }
    const words = packCodes(codes, levels);
    const row = rows ?? this.range(this.scalar(count, Int32Array));
    const start = this.multiply(this.expand(row), this.scalar(perRow, Int32Array));
    const place = this.add(start, this.range(this.scalar(perRow, Int32Array)));
    const inWord = this.scalar(perWord, Int32Array);
    const word = this.gather(this.hold(name, [words.length], words), this.divide(place, inWord), 0);
    const powers = BigInt64Array.from({ length: perWord }, (_, k) => BigInt(levels) ** BigInt(k));
    const power = this.gather(this.hold(`${name}.powers`, [perWord], powers), this.node('Mod', [place, inWord]), 0);
    const digits = this.node('Mod', [this.divide(this.cast(word, DataType.INT64), power), this.scalar(levels)]);
    const some = this.cast(digits, DataType.INT32);
    this.codeTypes.set(some, DataType.INT32);
    return some;
  }

  dequantize(codes: Value, { name, shape, data }: NamedTensor): Value {
    // Codes of 16 bits are for operator set 21 and later.
    const from = this.codeTypes.get(codes) === DataType.UINT16 ? this.indices(codes) : codes;
    const step = this.hold(name, data.length === 1 ? [] : [data.length], data);
    return this.node('DequantizeLinear', [from, step], { axis: shape.length === 2 ? 0 : -1 });
  }

  indices(codes: Value): Value {
    return this.codeTypes.get(codes) === DataType.INT32 ? codes : this.cast(codes, DataType.INT32);
  }

  gather(values: Value, indices: Value, axis: 0 | -1): Value {
    return this.node('Gather', [values, indices], axis === 0 ? {} : { axis });
  }

  add(a: Value, b: Value): Value {
    return this.node('Add', [a, b]);
  }

  multiply(a: Value, b: Value): Value {
    return this.node('Mul', [a, b]);
  }

  divide(a: Value, b: Value): Value {
    return this.node('Div', [a, b]);
  }

  maximum(a: Value, b: Value): Value {
    return this.node('Max', [a, b]);
  }

  less(a: Value, b: Value): Value {
    return this.node('Less', [a, b]);
  }

  toFloat(value: Value): Value {
    return this.cast(value, DataType.FLOAT);
  }

  expand(value: Value): Value {
    return this.unsqueeze(value, -1);
  }

  matMul(a: Value, b: Value): Value {
    return this.node('MatMul', [a, b]);
  }

  relu(value: Value): Value {
    return this.node('Relu', [value]);
  }

  concatenate(values: readonly Value[]): Value {
    return values.length === 1 ? values[0] : this.node('Concat', values, { axis: -1 });
  }

  sumOverTime(tokens: Value): Value {
    return this.node('ReduceSum', [tokens, this.list([1])], { keepdims: 0 });
  }

  maxOverTime(tokens: Value, condition: Value): Value {
    return this.node('ReduceMax', [this.node('Where', [condition, tokens, this.least()])], { axes: [1], keepdims: 0 });
  }

  convolve(tokens: Value, { name, shape, data }: NamedTensor, span: number): Value {
    const [depth, filters] = shape;
    const inputs = depth / span;
    // ONNX has filters x inputs x span.
    const turned = new Float32Array(data.length);
    for (let s = 0; s < span; s++) {
      for (let i = 0; i < inputs; i++) {
        for (let f = 0; f < filters; f++) turned[(f * inputs + i) * span + s] = data[(s * inputs + i) * filters + f];
      }
    }
    const byTime = this.node('Transpose', [tokens], { perm: [0, 2, 1] });
    const sums = this.node('Conv', [byTime, this.hold(name, [filters, inputs, span], turned)], { pads: [0, span - 1] });
    return this.node('Transpose', [sums], { perm: [0, 2, 1] });
  }

  lstm(tokens: Value, { units, pooling, name }: LstmLayer, directions: readonly LstmDirection[]): Value {
    const input = this.gateWeights(
      `${name}.input.weight`,
      directions.map(({ input: { weight } }) => weight),
      units,
    );
    const recurrent = this.gateWeights(
      `${name}.recurrent.weight`,
      directions.map(({ recurrent: { weight } }) => weight),
      units,
    );
    const inputBias = this.gateWeights(
      `${name}.bias`,
      directions.flatMap(({ input: { bias } }) => (bias ? [bias] : [])),
      units,
    );
    // ONNX adds two biases; the other one is zero, and not worth a place in the file.
    const bias = this.node('Pad', [inputBias, this.list([0, 0, 0, 4 * units])]);
    // Not every runtime takes a sentence of no token.
    const lengths = this.node('Squeeze', [this.maximum(this.lengths, this.integers('one', [1], [1])), this.list([-1])]);
    const byTime = this.node('Transpose', [tokens], { perm: [1, 0, 2] });
    const [states, last] = this.nodeOf('LSTM', [byTime, input, recurrent, bias, lengths], 2, {
      hidden_size: units,
      ...(directions.length > 1 ? { direction: 'bidirectional' } : {}),
    });
    const width = directions.length * units;
    if (pooling === 'last') {
      // Directions x B x units.
      return this.node('Reshape', [this.node('Transpose', [last], { perm: [1, 0, 2] }), this.list([0, width])]);
    }
    // T x directions x B x units.
    const bySentence = this.node('Reshape', [this.node('Transpose', [states], { perm: [2, 0, 1, 3] }), this.list([0, 0, width])]);
    return this.maxOverTime(bySentence, this.expand(this.less(this.positions(), this.lengths)));
  }

  probabilities(logits: Value): void {
    this.nodes.push(node('Softmax', [logits], ['probabilities'], { axis: -1 }));
  }

  /** Matrices (inputs x 4 units, gates i, f, g, o) or their biases, a direction each, as ONNX has them: 4 units x inputs, gates i, o, f, g. */
  private gateWeights(name: string, matrices: readonly NamedTensor[], units: number): Value {
    const gates = 4 * units;
    const inputs = matrices[0].data.length / gates;
    const turned = new Float32Array(matrices.length * gates * inputs);
    for (const [direction, { data }] of matrices.entries()) {
      for (const [to, from] of [0, 3, 1, 2].entries()) {
        for (let unit = 0; unit < units; unit++) {
          const row = (direction * gates + to * units + unit) * inputs;
          for (let i = 0; i < inputs; i++) turned[row + i] = data[i * gates + from * units + unit];
        }
      }
    }
    return this.hold(name, matrices[0].shape.length === 1 ? [matrices.length, gates] : [matrices.length, gates, inputs], turned);
  }

  private cast(value: Value, to: DataType): Value {
    return this.node('Cast', [value], { to });
  }

  private unsqueeze(value: Value, axis: number): Value {
    return this.node('Unsqueeze', [value, this.list([axis])]);
  }

  private range(end: Value): Value {
    return this.node('Range', [this.scalar(0, Int32Array), end, this.scalar(1, Int32Array)]);
  }

  private least(): Value {
    return this.hold('least', [], Float32Array.of(noValue));
  }

  private scalar(number: number, type: typeof BigInt64Array | typeof Int32Array = BigInt64Array): Value {
    return type === Int32Array
      ? this.hold(`int32 ${number}`, [], Int32Array.of(number))
      : this.hold(`int64 ${number}`, [], BigInt64Array.of(BigInt(number)));
  }

  private list(numbers: readonly number[]): Value {
    return this.hold(`int64 [${numbers.join(', ')}]`, [numbers.length], BigInt64Array.from(numbers, BigInt));
  }

  /** An initializer; the same name holds the same numbers. */
  private hold(name: string, shape: readonly number[], data: Numbers): Value {
    const held = this.held.get(name);
    if (held && held.dims.join() !== shape.join()) throw new RangeError(`two initializers are named "${name}"`);
    if (!held) {
      const type = dataTypes[data.constructor.name];
      const rawData = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
      this.held.set(name, create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: type, rawData }));
    }
    return name;
  }

  private node(type: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    const key = JSON.stringify([type, inputs, attributes]);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const [value] = this.nodeOf(type, inputs, 1, attributes);
    this.made.set(key, value);
    return value;
  }

  private nodeOf(type: string, inputs: readonly Value[], outputs: number, attributes: Readonly<Record<string, Attribute>>): Value[] {
    const name = `${type.toLowerCase()} ${this.nodes.length}`;
    const values = Array.from({ length: outputs }, (_, i) => (i === 0 ? name : `${name}.${i}`));
    this.nodes.push(node(type, inputs, values, attributes));
    return values;
  }
}

function node(
  type: string,
  inputs: readonly Value[],
  outputs: readonly Value[],
  attributes: Readonly<Record<string, Attribute>>,
): NodeProto {
  return create(NodeProtoSchema, {
    opType: type,
    input: [...inputs],
    output: [...outputs],
    attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  });
}

/** Every number that the operators here take is a whole one. */
function attribute(name: string, value: Attribute): AttributeProto {
  if (typeof value === 'string')
    return create(AttributeProtoSchema, { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) });
  if (typeof value === 'number') return create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) });
  return create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

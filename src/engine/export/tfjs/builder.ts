import type { CodedMatrix } from '../../compression/coded';
import type { LstmLayer } from '../../models/layers/lstm';
import type { GraphBuilder, LstmDirection, Value } from '../graph/builder';
import { noValue } from '../graph/layout';
import type { NamedTensor } from '../safetensors-file';
import { type FlatWords, packFlat } from './flat-words';
import { type AttributeValue, type GraphFunction, type GraphNode, graphNode, integer, integers, shapeOf, text, typed } from './graph';
import { carriedPlace, loopFunctions, loopNode } from './lstm';
import { packRows } from './row-words';
import type { Weight } from './weights';

/** Nodes, functions and constants of a TensorFlow graph, of operations that TensorFlow.js executes on every backend. */
export class TfjsBuilder implements GraphBuilder {
  readonly functions: GraphFunction[] = [];
  private readonly held = new Map<string, Weight>();
  private readonly computed: GraphNode[] = [];
  /** Values by what makes them: nothing is computed twice. */
  private readonly made = new Map<string, Value>();
  readonly ids = 'ids';
  readonly lengths: Value;

  constructor() {
    this.computed.push(
      graphNode('ids', 'Placeholder', [], { dtype: typed('DT_INT32'), shape: shapeOf(-1, -1) }),
      graphNode('lengths', 'Placeholder', [], { dtype: typed('DT_INT32'), shape: shapeOf(-1) }),
    );
    this.lengths = this.expand('lengths');
  }

  get weights(): Weight[] {
    return [...this.held.values()];
  }

  get nodes(): GraphNode[] {
    const constants = this.weights.map(({ name, data }) =>
      graphNode(name, 'Const', [], { dtype: typed(data instanceof Float32Array ? 'DT_FLOAT' : 'DT_INT32') }),
    );
    return [...constants, ...this.computed];
  }

  positions(): Value {
    const ones = this.node('OnesLike', ['ids']);
    return this.node('Cumsum', [ones, this.axis(1)], { exclusive: { b: true }, reverse: { b: false } });
  }

  floats({ name, shape, data }: NamedTensor): Value {
    return this.hold(name, shape, data as Float32Array);
  }

  integers(name: string, shape: readonly number[], numbers: readonly number[]): Value {
    return this.hold(name, shape, Int32Array.from(numbers));
  }

  /** float32, where several lie in a word; all of it is exact. */
  codes(name: string, coded: CodedMatrix, rows: Value | null): Value {
    const flat = packFlat(coded);
    return flat ? this.flatCodes(name, coded, flat, rows) : this.rowCodes(name, coded, rows);
  }

  /** Of words of a row: floor(word / L^k) less L times floor(word / L^(k + 1)) is the k-th. */
  private rowCodes(name: string, coded: CodedMatrix, rows: Value | null): Value {
    const { levels, rows: count } = coded;
    const { words, perWord, wordsPerRow } = packRows(coded);
    const all = this.hold(name, [count, wordsPerRow], words);
    const some = rows === null ? all : this.gather(all, rows, 0);
    if (perWord === 1) return some;
    const places = Array.from({ length: coded.codes.length / count }, (_, j) => j);
    const word = this.gather(
      some,
      this.integers(
        `${name}.words`,
        [places.length],
        places.map((j) => Math.floor(j / perWord)),
      ),
      -1,
    );
    const powers = (place: string, exponent: (j: number) => number) =>
      this.hold(
        `${name}.${place}`,
        [places.length],
        Float32Array.from(places, (j) => levels ** -exponent(j)),
      );
    const whole = this.toFloat(word);
    const higher = this.quotient(
      whole,
      powers('higher', (j) => (j % perWord) + 1),
    );
    const own = this.quotient(
      whole,
      powers('own', (j) => j % perWord),
    );
    return this.subtract(own, this.multiply(higher, this.scalar(`${name}.levels`, levels)));
  }

  /**
   * Of words over the ends of rows: n rows are as many words as a row has codes, so code j of row n g + t is code (t perRow + j) mod n of word
   * g perRow + floor((t perRow + j) / n), and no number on the way is large. The word is divided, byte by byte from the highest down, by a power of L that
   * leaves a part of its codes; the code's own part is then taken apart as a row's words are.
   */
  private flatCodes(
    name: string,
    { codes, levels, rows: count }: CodedMatrix,
    { bytes, perWord, perPart }: FlatWords,
    rows: Value | null,
  ): Value {
    const perRow = codes.length / count;
    const all = () =>
      this.hold(
        `${name}.rows`,
        [count],
        Uint16Array.from({ length: count }, (_, row) => row),
      );
    const row = this.toFloat(this.expand(rows ?? all()));
    const column = this.toFloat(
      this.hold(
        `columns_${perRow}`,
        [perRow],
        Uint16Array.from({ length: perRow }, (_, j) => j),
      ),
    );
    const each = this.number(perWord);
    const group = this.quotient(row, this.number(1 / perWord));
    const within = this.subtract(row, this.multiply(group, each));
    const place = this.add(this.multiply(within, this.number(perRow)), column);
    const wordOfGroup = this.quotient(place, this.number(1 / perWord));
    const code = this.subtract(place, this.multiply(wordOfGroup, each));
    const word = this.indices(this.add(this.multiply(group, this.number(perRow)), wordOfGroup));
    let limbs = bytes.map((list, i) => this.toFloat(this.gather(this.hold(`${name}.byte_${i}`, [list.length], list), word, 0)));

    const parts: Value[] = [];
    for (let left = perWord; left > perPart; left -= perPart) {
      const { quotient, remainder } = this.divideBytes(limbs, levels ** perPart);
      parts.push(remainder);
      limbs = quotient;
    }
    // What is left is under the divisor: it has two bytes at most.
    const last = this.add(this.multiply(limbs[1], this.number(256)), limbs[0]);
    const part = parts.reduceRight<Value>(
      (others, own, i) => this.node('SelectV2', [this.less(code, this.number((i + 1) * perPart)), own, others]),
      last,
    );
    const powers = (side: string, more: number) => {
      const list = Float32Array.from({ length: perWord }, (_, k) => levels ** -((k % perPart) + more));
      return this.gather(this.hold(`${name}.${side}`, [perWord], list), this.indices(code), 0);
    };
    const higher = this.quotient(part, powers('higher', 1));
    return this.subtract(this.quotient(part, powers('own', 0)), this.multiply(higher, this.number(levels)));
  }

  /** A number of several bytes, the lowest first, by a small one: as it is done on paper. */
  private divideBytes(limbs: readonly Value[], divisor: number): { quotient: Value[]; remainder: Value } {
    let remainder: Value | null = null;
    const quotient: Value[] = [];
    for (const limb of limbs.toReversed()) {
      const dividend: Value = remainder === null ? limb : this.add(this.multiply(remainder, this.number(256)), limb);
      const digit = this.quotient(dividend, this.number(1 / divisor));
      quotient.unshift(digit);
      remainder = this.subtract(dividend, this.multiply(digit, this.number(divisor)));
    }
    if (remainder === null) throw new RangeError('a number has a byte');
    return { quotient, remainder };
  }

  /** The whole part of a whole number times the reciprocal of another: by a half more, it is nowhere near a whole number, where a rounding would matter. */
  private quotient(of: Value, reciprocal: Value): Value {
    return this.node('Floor', [this.multiply(this.add(of, this.scalar('half', 0.5)), reciprocal)]);
  }

  dequantize(codes: Value, step: NamedTensor): Value {
    return this.multiply(this.toFloat(codes), this.floats(step));
  }

  indices(codes: Value): Value {
    return this.node('Cast', [codes], { DstT: typed('DT_INT32') });
  }

  gather(values: Value, indices: Value, axis: 0 | -1): Value {
    return this.node('GatherV2', [values, indices, this.axis(axis)], { batch_dims: integer(0) });
  }

  add(a: Value, b: Value): Value {
    return this.node('AddV2', [a, b]);
  }

  multiply(a: Value, b: Value): Value {
    return this.node('Mul', [a, b]);
  }

  divide(a: Value, b: Value): Value {
    return this.node('RealDiv', [a, b]);
  }

  maximum(a: Value, b: Value): Value {
    return this.node('Maximum', [a, b]);
  }

  less(a: Value, b: Value): Value {
    return this.node('Less', [a, b]);
  }

  toFloat(value: Value): Value {
    return this.node('Cast', [value], { DstT: typed('DT_FLOAT') });
  }

  expand(value: Value): Value {
    return this.node('ExpandDims', [value, this.axis(-1)]);
  }

  matMul(a: Value, b: Value): Value {
    return this.node('BatchMatMulV2', [a, b], { adj_x: { b: false }, adj_y: { b: false } });
  }

  relu(value: Value): Value {
    return this.node('Relu', [value]);
  }

  concatenate(values: readonly Value[]): Value {
    return values.length === 1 ? values[0] : this.node('ConcatV2', [...values, this.axis(-1)], { N: integer(values.length) });
  }

  sumOverTime(tokens: Value): Value {
    return this.node('Sum', [tokens, this.axis(1)], { keep_dims: { b: false } });
  }

  maxOverTime(tokens: Value, condition: Value): Value {
    const counted = this.node('SelectV2', [condition, tokens, this.scalar('least', noValue)]);
    return this.node('Max', [counted, this.axis(1)], { keep_dims: { b: false } });
  }

  convolve(tokens: Value, { name, shape, data }: NamedTensor, span: number): Value {
    const [depth, filters] = shape;
    const filter = this.hold(name, [1, span, depth / span, filters], data as Float32Array);
    const paddings = this.integers(`${name}.paddings`, [4, 2], [0, 0, 0, 0, 0, span - 1, 0, 0]);
    const image = this.node('PadV2', [this.node('ExpandDims', [tokens, this.axis(1)]), paddings, this.scalar('nothing', 0)]);
    const sums = this.node('Conv2D', [image, filter], {
      strides: integers(1, 1, 1, 1),
      dilations: integers(1, 1, 1, 1),
      padding: text('VALID'),
      data_format: text('NHWC'),
    });
    return this.node('Squeeze', [sums], { squeeze_dims: integers(1) });
  }

  /** A loop over time, each direction its own; all sentences take a step together. */
  lstm(tokens: Value, { units, pooling, name }: LstmLayer, directions: readonly LstmDirection[]): Value {
    const order = this.integers('time first', [3], [1, 0, 2]);
    const constants = { stride: this.integers('stride', [], [1]), firstAxis: this.axis(0), secondAxis: this.axis(1) };
    const steps = this.node('Max', [this.lengths, this.integers('both', [2], [0, 1])], { keep_dims: { b: false } });
    // B x units, whatever B is.
    const zeros = this.multiply(this.toFloat(this.lengths), this.hold('no state', [1, units], new Float32Array(units)));
    return this.concatenate(
      directions.map(({ input: { weight, bias }, recurrent }, d) => {
        if (bias === null) throw new RangeError('the gates of an LSTM have a bias');
        const sums = this.add(this.matMul(tokens, this.floats(weight)), this.floats(bias));
        const loop = `${name}_${d}`;
        this.functions.push(...loopFunctions(loop, d === 1, constants));
        const { inputs, attributes } = loopNode(loop, {
          step: this.integers('start', [], [0]),
          state: zeros,
          cell: zeros,
          best: this.add(zeros, this.scalar('least', noValue)),
          steps,
          gates: this.node('Transpose', [sums, order]),
          recurrent: this.floats(recurrent.weight),
          lengths: this.lengths,
        });
        const end = this.node('StatelessWhile', inputs, attributes);
        return `${end}:${pooling === 'last' ? carriedPlace.state : carriedPlace.best}`;
      }),
    );
  }

  probabilities(logits: Value): void {
    this.computed.push(graphNode('probabilities', 'Softmax', [logits], { T: typed('DT_FLOAT') }));
  }

  /** A name of its own: TensorFlow.js reads axes on the host, and on some GPUs can't read back what was computed with. */
  private axis(axis: -1 | 0 | 1): Value {
    return this.integers(axis === -1 ? 'last_axis' : `axis_${axis}`, [], [axis]);
  }

  private scalar(name: string, number: number): Value {
    return this.hold(name, [], Float32Array.of(number));
  }

  /** A constant that is named by what it is. */
  private number(value: number): Value {
    return this.scalar(`number_${value}`, value);
  }

  private subtract(a: Value, b: Value): Value {
    return this.node('Sub', [a, b]);
  }

  /** A constant; the same name holds the same numbers. */
  private hold(name: string, shape: readonly number[], data: Weight['data']): Value {
    const legal = nodeName(name);
    const held = this.held.get(legal);
    if (held && held.shape.join() !== shape.join()) throw new RangeError(`two constants are named "${legal}"`);
    if (!held) this.held.set(legal, { name: legal, shape, data });
    return legal;
  }

  private node(op: string, inputs: readonly Value[], attributes: Record<string, AttributeValue> = {}): Value {
    const key = JSON.stringify([op, inputs, attributes]);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const name = `${op}_${this.computed.length}`;
    this.computed.push(graphNode(name, op, inputs, attributes));
    this.made.set(key, name);
    return name;
  }
}

/** What TensorFlow allows in a node's name. */
function nodeName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_./-]/g, '_');
}

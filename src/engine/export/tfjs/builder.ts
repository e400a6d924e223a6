import type { CodedMatrix } from '../../compression/coded';
import type { LstmLayer } from '../../models/layers/lstm';
import type { GraphBuilder, LstmDirection, Value } from '../graph/builder';
import { noValue } from '../graph/layout';
import type { NamedTensor } from '../safetensors-file';
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

  /** float32, where several lie in a word: floor(word / L^k) less L times floor(word / L^(k + 1)) is the k-th, and all of it is exact. */
  codes(name: string, coded: CodedMatrix, rows: Value | null): Value {
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
    // By a half more, the quotient is nowhere near a whole number, where a rounding would matter.
    const middle = this.add(this.toFloat(word), this.scalar('half', 0.5));
    const quotient = (place: string, exponent: (j: number) => number) => {
      const factors = Float32Array.from(places, (j) => levels ** -exponent(j));
      return this.node('Floor', [this.multiply(middle, this.hold(`${name}.${place}`, [places.length], factors))]);
    };
    const higher = quotient('higher', (j) => (j % perWord) + 1);
    const own = quotient('own', (j) => j % perWord);
    return this.node('Sub', [own, this.multiply(higher, this.scalar(`${name}.levels`, levels))]);
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

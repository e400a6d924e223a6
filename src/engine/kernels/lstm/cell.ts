import { sharedMemory } from '../../device/heap';
import { type Expression, formulaModule, isEqualInteger, minus, multiplyAdd, negative, plus, times, where } from '../wasm/expression';
import { hyperbolicTangent, logistic } from '../wasm/functions';
import { inPlace } from '../wasm/in-place';
import { sigmoid } from './gates';

/** One time step of one sentence, forward: the elements at which its rows begin. */
export type CellForward = (product: number, gate: number, sum: number, cell: number, before: number | null, state: number) => void;

interface ForwardArrays {
  /** The input's part of the gates' sums. */
  products: Float32Array;
  gates: Float32Array;
  /** What the state before adds to the gates' sums. */
  sums: Float32Array;
  cells: Float32Array;
  previous: Float32Array;
  states: Float32Array;
}

/**
 * gates[gate] <- i, f, g, o of products[product] + sums[sum]; cells[cell] <- i g + f cells[before]; previous[cell] <- states[state]; states[state] <- o tanh(c).
 * Without a cell before, the state is zero.
 */
export function cellForward({ products, gates, sums, cells, previous, states }: ForwardArrays, units: number): CellForward {
  const memory = sharedMemory(products, gates, sums, cells, previous, states);
  const main = memory && forwards(memory);
  if (main) {
    const [q, g, s, c, p, h] = [products, gates, sums, cells, previous, states].map(({ byteOffset }) => byteOffset);
    const u = 4 * units;
    return (product, gate, sum, cell, before, state) => {
      const x = q + 4 * product;
      const i = g + 4 * gate;
      const a = s + 4 * sum;
      const at = h + 4 * state;
      const c0 = before === null ? at : c + 4 * before;
      const [x1, x2, x3, i1, i2, i3, a1, a2, a3] = [x + u, x + 2 * u, x + 3 * u, i + u, i + 2 * u, i + 3 * u, a + u, a + 2 * u, a + 3 * u];
      main(units, 0, x, x1, x2, x3, a, a1, a2, a3, c0, at, i, i1, i2, i3, c + 4 * cell, p + 4 * cell);
    };
  }
  return (product, gate, sum, cell, before, state) => {
    for (let j = 0; j < units; j++) {
      const i = sigmoid(products[product + j] + sums[sum + j]);
      const f = sigmoid(products[product + units + j] + sums[sum + units + j]);
      const g = Math.tanh(products[product + 2 * units + j] + sums[sum + 2 * units + j]);
      const o = sigmoid(products[product + 3 * units + j] + sums[sum + 3 * units + j]);
      const c = before === null ? i * g : i * g + f * cells[before + j];
      gates[gate + j] = i;
      gates[gate + units + j] = f;
      gates[gate + 2 * units + j] = g;
      gates[gate + 3 * units + j] = o;
      cells[cell + j] = c;
      previous[cell + j] = states[state + j];
      states[state + j] = o * Math.tanh(c);
    }
  };
}

const forwards = inPlace<(length: number, first: number, ...addresses: number[]) => void>((target) =>
  formulaModule(
    {
      streams: 16,
      scalars: [],
      write: ([i0, f0, g0, o0, i1, f1, g1, o1, before, state]) => {
        const i = logistic(plus(i0, i1));
        const f = logistic(plus(f0, f1));
        const g = hyperbolicTangent(plus(g0, g1));
        const o = logistic(plus(o0, o1));
        const c = multiplyAdd(f, before, times(i, g));
        return [i, f, g, o]
          .map((value, gate) => ({ stream: 10 + gate, value }))
          .concat([
            { stream: 14, value: c },
            { stream: 15, value: state },
            { stream: 9, value: times(o, hyperbolicTangent(c)) },
          ]);
      },
    },
    target,
  ),
);

/** One time step of one sentence, backward; `token` is the one whose state `chosen` may name. */
export type CellBackward = (
  token: number,
  gate: number,
  cell: number,
  before: number | null,
  out: number,
  gradient: number,
  packed: number,
) => void;

interface BackwardArrays {
  gates: Float32Array;
  cells: Float32Array;
  chosen: Uint32Array;
  /** Gradient of the output, through its dropout. */
  outputGradient: Float32Array;
  stateGradients: Float32Array;
  cellGradients: Float32Array;
  gatesGradient: Float32Array;
  /** The same again, where the rows of a time step lie one after the other. */
  packedGates: Float32Array;
}

/**
 * dh = [chosen[out] = token] outputGradient[out] + stateGradients[gradient]; dc = cellGradients[gradient] + dh o (1 - tanh(c)^2);
 * cellGradients[gradient] <- dc f; gatesGradient[gate] and packedGates[packed] <- dc g i (1 - i), dc c(before) f (1 - f), dc i (1 - g^2), dh tanh(c) o (1 - o).
 */
export function cellBackward(arrays: BackwardArrays, units: number): CellBackward {
  const { gates, cells, chosen, outputGradient, stateGradients, cellGradients, gatesGradient, packedGates } = arrays;
  const all = [gates, cells, chosen, outputGradient, stateGradients, cellGradients, gatesGradient, packedGates];
  const memory = sharedMemory(...all);
  const main = memory && backwards(memory);
  if (main) {
    const [g, c, n, y, h, dc, dg, pg] = all.map(({ byteOffset }) => byteOffset);
    const u = 4 * units;
    return (token, gate, cell, before, out, gradient, packed) => {
      const i = g + 4 * gate;
      const d = dg + 4 * gate;
      const e = pg + 4 * packed;
      const at = c + 4 * cell;
      // The first token has no cell before it: its own stands in, times zero.
      const hasBefore = before === null ? 0 : 1;
      const c0 = before === null ? at : c + 4 * before;
      const [i1, i2, i3, d1, d2, d3, e1, e2, e3] = [i + u, i + 2 * u, i + 3 * u, d + u, d + 2 * u, d + 3 * u, e + u, e + 2 * u, e + 3 * u];
      const [own, which, state, memory] = [y + 4 * out, n + 4 * out, h + 4 * gradient, dc + 4 * gradient];
      main(units, 0, hasBefore, token, i, i1, i2, i3, at, c0, own, which, state, memory, d, d1, d2, d3, e, e1, e2, e3);
    };
  }
  return (token, gate, cell, before, out, gradient, packed) => {
    for (let j = 0; j < units; j++) {
      const own = chosen[out + j] === token ? outputGradient[out + j] : 0;
      const dh = stateGradients[gradient + j] + own;
      const i = gates[gate + j];
      const f = gates[gate + units + j];
      const g = gates[gate + 2 * units + j];
      const o = gates[gate + 3 * units + j];
      const c = Math.tanh(cells[cell + j]);
      const dc = cellGradients[gradient + j] + dh * o * (1 - c * c);
      cellGradients[gradient + j] = dc * f;
      gatesGradient[gate + j] = dc * g * i * (1 - i);
      gatesGradient[gate + units + j] = before === null ? 0 : dc * cells[before + j] * f * (1 - f);
      gatesGradient[gate + 2 * units + j] = dc * i * (1 - g * g);
      gatesGradient[gate + 3 * units + j] = dh * c * o * (1 - o);
    }
    packedGates.set(gatesGradient.subarray(gate, gate + 4 * units), packed);
  };
}

const oneLessSquare = (x: Expression) => multiplyAdd(x, negative(x), 1);

const backwards = inPlace<(...numbers: number[]) => void>((target) =>
  formulaModule(
    {
      streams: 18,
      scalars: ['float', 'integer'],
      write: ([i, f, g, o, cell, before, own, chosen, state, cellGradient], [hasBefore, token]) => {
        const dh = plus(state, where(own, isEqualInteger(chosen, token)));
        const c = hyperbolicTangent(cell);
        const dc = multiplyAdd(times(dh, o), oneLessSquare(c), cellGradient);
        const gradients = [
          times(times(times(dc, g), i), minus(1, i)),
          times(times(times(dc, times(before, hasBefore)), f), minus(1, f)),
          times(times(dc, i), oneLessSquare(g)),
          times(times(times(dh, c), o), minus(1, o)),
        ];
        return [
          { stream: 9, value: times(dc, f) },
          ...gradients.flatMap((value, gate) => [
            { stream: 10 + gate, value },
            { stream: 14 + gate, value },
          ]),
        ];
      },
    },
    target,
  ),
);

/**
 * For tests only: a network's loss in float64, sentence by sentence and by the textbook's formulas, with nothing in common with the kernels. Its
 * central differences are the oracle of every gradient.
 */
import type { LayerSpecification } from '../../models/model';
import type { Sentences } from '../../sentences';

/** Rows x columns, by name: `embedding`, `projection` where there are factors, and each layer's. */
export type Parameters64 = ReadonlyMap<string, Float64Array>;

type Vector = number[];

/** Mean cross-entropy over the sentences, in nats; dropout is off. */
export function referenceLoss(layers: readonly LayerSpecification[], parameters: Parameters64, width: number, data: Sentences): number {
  let total = 0;
  for (let s = 0; s < data.labels.length; s++) {
    const ids = [...data.ids.subarray(data.offsets[s], data.offsets[s + 1])].filter((id) => id !== 0);
    const logits = forward(layers, parameters, ids.map(lookUp(parameters, width)), width);
    const largest = Math.max(...logits);
    const sum = logits.reduce((all, logit) => all + Math.exp(logit - largest), 0);
    total += Math.log(sum) - (logits[data.labels[s]] - largest);
  }
  return total / data.labels.length;
}

function lookUp(parameters: Parameters64, width: number): (id: number) => Vector {
  const table = parameters.get('embedding') as Float64Array;
  const projection = parameters.get('projection');
  if (!projection) return (id) => [...table.subarray(id * width, (id + 1) * width)];
  const rank = projection.length / width;
  return (id) => times([...table.subarray(id * rank, (id + 1) * rank)], projection, width);
}

function forward(layers: readonly LayerSpecification[], parameters: Parameters64, words: Vector[], width: number): Vector {
  let x: Vector = [];
  for (const layer of layers) {
    if (layer.kind === 'embedding-bag-mean') {
      x = Array.from({ length: width }, (_, j) => words.reduce((sum, word) => sum + word[j], 0) / Math.max(1, words.length));
    } else if (layer.kind === 'dense') {
      x = times([...x, 1], parameters.get(layer.name) as Float64Array, layer.units);
      if (layer.activation === 'relu') x = x.map((y) => Math.max(0, y));
    } else if (layer.kind === 'lstm') {
      const directions = layer.bidirectional ? (['forward', 'backward'] as const) : (['forward'] as const);
      x = directions.flatMap((direction) => {
        const states = lstmStates(
          direction === 'forward' ? words : [...words].reverse(),
          parameters.get(`${layer.name}/${direction}/input`) as Float64Array,
          parameters.get(`${layer.name}/${direction}/recurrent`) as Float64Array,
          layer.units,
        );
        if (states.length === 0) return new Array<number>(layer.units).fill(0);
        if (layer.pooling === 'last') return states[states.length - 1];
        return states[0].map((_, j) => Math.max(...states.map((state) => state[j])));
      });
    } else if (layer.kind === 'conv-max') {
      x = layer.spans.flatMap((span) =>
        convMax(words, parameters.get(`${layer.name}/${span}`) as Float64Array, span, layer.filters, width),
      );
    }
  }
  return x;
}

function lstmStates(words: Vector[], input: Float64Array, recurrent: Float64Array, units: number): Vector[] {
  const sigmoid = (y: number) => 1 / (1 + Math.exp(-y));
  const states: Vector[] = [];
  let h = new Array<number>(units).fill(0);
  let c = new Array<number>(units).fill(0);
  for (const word of words) {
    const fromInput = times([...word, 1], input, 4 * units);
    const fromState = times(h, recurrent, 4 * units);
    const gate = (q: number, j: number) => fromInput[q * units + j] + fromState[q * units + j];
    c = c.map((before, j) => sigmoid(gate(1, j)) * before + sigmoid(gate(0, j)) * Math.tanh(gate(2, j)));
    h = c.map((cell, j) => sigmoid(gate(3, j)) * Math.tanh(cell));
    states.push(h);
  }
  return states;
}

function convMax(words: Vector[], weights: Float64Array, span: number, filters: number, width: number): Vector {
  const padded = [...words];
  while (padded.length < span) padded.push(new Array<number>(width).fill(0));
  const activations = Array.from({ length: padded.length - span + 1 }, (_, first) =>
    times([...padded.slice(first, first + span).flat(), 1], weights, filters),
  );
  return Array.from({ length: filters }, (_, f) => Math.max(0, ...activations.map((values) => values[f])));
}

/** x W, W with `columns` columns. */
function times(x: Vector, weights: Float64Array, columns: number): Vector {
  return Array.from({ length: columns }, (_, j) => x.reduce((sum, value, k) => sum + value * weights[k * columns + j], 0));
}

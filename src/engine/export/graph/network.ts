import type { LayerSpecification } from '../../models/model';
import type { ExportableModel } from '../format';
import type { StoredMatrix, StoredModel, StoredWeights } from '../stored';
import type { GraphBuilder, Value } from './builder';
import { matrixRows } from './embedding';

interface Flow {
  graph: GraphBuilder;
  stored: StoredModel;
  /** What the layers below gave: B x T x n of tokens, B x n of sentences. */
  value: Value;
  weights: readonly StoredWeights[];
}

/** What each kind of layer computes of what is below. */
const writers: { [Kind in LayerSpecification['kind']]: (layer: Extract<LayerSpecification, { kind: Kind }>, flow: Flow) => Value } = {
  'embedding-bag-mean': (_layer, { graph, stored }) => {
    const [table, projection] = stored.embedding;
    const tokens = graph.maximum(graph.lengths, graph.integers('one', [1], [1]));
    const mean = graph.divide(graph.sumOverTime(vectors(graph, table)), graph.toFloat(tokens));
    // The mean commutes with B: a product a sentence, instead of one a token.
    return projection ? graph.matMul(mean, matrixRows(graph, projection, null)) : mean;
  },
  'embedding-tokens': (_layer, { graph, stored }) => {
    const [table, projection] = stored.embedding;
    const rows = vectors(graph, table);
    return projection ? graph.matMul(rows, matrixRows(graph, projection, null)) : rows;
  },
  dense: ({ activation }, { graph, value, weights: [{ weight, bias }] }) => {
    const sums = graph.add(graph.matMul(value, graph.floats(weight)), graph.floats(biasOf(bias)));
    return activation === 'relu' ? graph.relu(sums) : sums;
  },
  lstm: (layer, { graph, value, weights }) => {
    const directions = Array.from({ length: weights.length / 2 }, (_, d) => ({ input: weights[2 * d], recurrent: weights[2 * d + 1] }));
    const hasTokens = graph.less(graph.integers('zero', [1], [0]), graph.lengths);
    return graph.multiply(graph.lstm(value, layer, directions), graph.toFloat(hasTokens));
  },
  'conv-max': ({ spans }, { graph, value, weights }) =>
    graph.concatenate(
      spans.map((span, i) => {
        const { weight, bias } = weights[i];
        const windows = graph.add(graph.lengths, graph.integers(`${weight.name}.last`, [1], [1 - span]));
        // A sentence shorter than the span has one window, filled up with zeros.
        const within = graph.less(graph.positions(), graph.maximum(windows, graph.integers('one', [1], [1])));
        const best = graph.maxOverTime(graph.convolve(value, weight, span), graph.expand(within));
        return graph.relu(graph.add(best, graph.floats(biasOf(bias))));
      }),
    ),
};

/** Writes a network: from ids and lengths to probabilities. */
export function writeNetwork(graph: GraphBuilder, { layers }: Pick<ExportableModel, 'layers'>, stored: StoredModel): void {
  let value = graph.ids;
  for (const [i, layer] of layers.entries()) {
    // Each kind is asked of its own layers only.
    const write = writers[layer.kind] as (layer: LayerSpecification, flow: Flow) => Value;
    value = write(layer, { graph, stored, value, weights: stored.network[i] });
  }
  graph.probabilities(value);
}

/** B x T x columns: the rows that the ids name, zero behind a sentence's end. */
function vectors(graph: GraphBuilder, table: StoredMatrix): Value {
  const mask = graph.toFloat(graph.less(graph.positions(), graph.lengths));
  return graph.multiply(matrixRows(graph, table, graph.ids), graph.expand(mask));
}

function biasOf(bias: StoredWeights['bias']) {
  if (bias === null) throw new RangeError('this layer has a bias');
  return bias;
}

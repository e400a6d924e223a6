import { findMethod } from '../compression/registry';
import { findTokenizer } from '../data/tokenizers/registry';
import { maximumTokens, paddingId, unknownId } from '../data/vocabulary';
import type { LayerSpecification } from '../models/model';
import type { ExportableModel } from './format';
import { numpyType } from './npy-file';
import type { NamedTensor } from './safetensors-file';
import { packing, type StoredMatrix, type StoredModel, vectorWidth } from './stored';
import { vocabularyPath } from './vocabulary';

/** What each kind of layer computes of x, for whoever runs the network without the lab. Products have the vector on the left: x W + b. */
const formulas: Readonly<Record<LayerSpecification['kind'], string>> = {
  'embedding-bag-mean': 'The mean of the word vectors of the sentence; 0 where it has no word.',
  'embedding-tokens': 'The word vectors of the sentence, in order.',
  dense: 'activation(x W + b); relu(z) = max(0, z). No dropout outside of training.',
  lstm:
    'For each token: i, f, g, o = the quarters of x W + b + h U (W, b: input; U: recurrent); c = sigmoid(f) c + sigmoid(i) tanh(g); h = sigmoid(o) tanh(c); h and c begin at 0. ' +
    'The direction "backward" reads from the last token. Pooling "last" gives the last h, "max" the largest value of each unit over the tokens; directions lie side by side. 0 where there is no token.',
  'conv-max':
    'For each span: relu(b + the largest of x W over all windows of so many tokens, their vectors side by side); spans lie side by side. A sentence shorter than the span is filled up with zeros at its end; ' +
    'one without a token gives relu(b).',
};

/** What each kind of code stands for. */
const meanings = {
  even: 'value = lowest + code x step; lowest and step broadcast over the codes.',
  placed: 'value = levels[code]; where levels has two dimensions, its row is that of the column or row ("per") of the matrix.',
  vectors: 'Code g of a row stands for columns edges[g] to edges[g + 1] of the row "code" of centres.',
} as const;

/** Where a tensor's numbers lie, little-endian and row by row. */
export interface TensorPlace {
  name: string;
  file: string;
  /** Bytes before the first number. */
  offset: number;
  /** How many numbers. */
  length: number;
  shape: readonly number[];
  /** NumPy's name of the type. */
  dtype: string;
  /** JavaScript's. */
  array: string;
}

/** @param offset bytes of the file before the tensor's first number */
export function tensorPlace({ name, shape, data }: NamedTensor, file: string, offset: number): TensorPlace {
  return { name, file, offset, length: data.length, shape, dtype: numpyType(data), array: data.constructor.name };
}

/** All that it takes to run the network, as plain data: tensors, layers, shapes, classes, tokenizer, and how codes are decoded. */
export function configOf(model: ExportableModel, { embedding, network }: StoredModel, tensors: readonly TensorPlace[]) {
  const { row, state, classes } = model;
  const { id, rule, pattern } = findTokenizer(model.tokenizer);
  const tensor = ({ name, shape }: NamedTensor) => ({ tensor: name, shape });
  return {
    format: 'lowrank-lab',
    version: 1,
    method: row.method,
    methodLabel: findMethod(row.method).label,
    requestedRate: row.requestedRate,
    rate: row.rate,
    network: model.specification.model,
    classes,
    tokenizer: { id, rule, pattern, maximumTokens },
    vocabulary: { file: vocabularyPath, rows: model.words.length + 2, padding: paddingId, unknown: unknownId },
    embedding: {
      kind: state.embedding.kind,
      vector: state.embedding.kind === 'table' ? 'row of table' : 'row of A, times B',
      width: vectorWidth(state.embedding),
      bytes: row.bytes,
      matrices: embedding.map(matrixConfig),
    },
    layers: model.layers.map((layer, i) => ({
      ...layer,
      computes: formulas[layer.kind],
      weights: network[i].map(({ weight, bias }) => ({ weight: tensor(weight), bias: bias && tensor(bias) })),
    })),
    output: 'The last layer gives logits; probabilities are their softmax.',
    networkBytes: row.networkBytes,
    tensors,
  };
}

function matrixConfig({ name, rows, columns, coded, tensors }: StoredMatrix) {
  const shared = { name, rows, columns, tensors: tensors.map(({ name: tensor, shape }) => ({ tensor, shape })) };
  if (!coded) return { ...shared, codes: null };
  const { meaning, levels, padding } = coded;
  const packed = packing(coded);
  return {
    ...shared,
    codes: {
      levels,
      perRow: coded.codes.length / rows,
      packing:
        packed.kind === 'integers'
          ? { ...packed, decodes: 'The tensor is the codes.' }
          : { ...packed, decodes: 'code[i] = floor(word[floor(i / perWord)] / levels^(i mod perWord)) mod levels, row by row.' },
      meaning: {
        kind: meaning.kind,
        per: meaning.kind === 'vectors' ? null : meaning.per,
        edges: meaning.kind === 'vectors' ? meaning.edges : null,
        decodes: meanings[meaning.kind],
      },
      paddingRowIsZero: padding,
    },
  };
}

import { create, toBinary } from '@bufbuild/protobuf';
import { LabError } from '../../errors';
import type { ExportableModel } from '../format';
import { writeNetwork } from '../graph/network';
import { storedModel } from '../stored';
import { OnnxBuilder } from './builder';
import { TensorProto_DataType as DataType, ModelProtoSchema, type ValueInfoProto, ValueInfoProtoSchema } from './onnx_pb';

/** Of 2021: every operator that is used here is in it, with 8-bit codes. */
const operatorSet = 17n;
/** The file format that goes with it. */
const irVersion = 8n;

/** A message of protocol buffers holds less than 2 GiB. */
const mostBytes = 2 ** 31 - 1;

/**
 * The network as one ONNX file: `ids` (int64, batch x length, 0 is padding) and `lengths` (int64, batch) to `probabilities` (float32, batch x classes).
 * Factors are two initializers, codes stay whole numbers.
 *
 * @throws LabError `bad-specification` where the model is larger than such a file can be
 */
export function onnxModel(model: ExportableModel): Uint8Array {
  const graph = new OnnxBuilder();
  writeNetwork(graph, model, storedModel(model));
  const bytes = graph.initializers.reduce((sum, { rawData }) => sum + rawData.length, 0);
  // Names and nodes are small beside that, and never a MiB.
  if (bytes > mostBytes - 2 ** 20) {
    throw new LabError('bad-specification', 'An ONNX file holds less than 2 GiB, and this model has more.', 'Export a compressed model.');
  }
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion,
      producerName: 'Lowrank Lab',
      opsetImport: [{ domain: '', version: operatorSet }],
      metadataProps: [
        { key: 'model', value: model.id },
        { key: 'network', value: model.specification.model },
        { key: 'tokenizer', value: model.tokenizer },
      ],
      graph: {
        name: 'classifier',
        input: [valueInfo('ids', ['batch', 'length'], DataType.INT64), valueInfo('lengths', ['batch'], DataType.INT64)],
        output: [valueInfo('probabilities', ['batch', model.classes.length], DataType.FLOAT)],
        initializer: graph.initializers,
        node: graph.nodes,
      },
    }),
  );
}

function valueInfo(name: string, shape: readonly (string | number)[], elemType: DataType): ValueInfoProto {
  const dim = shape.map((size) => ({
    value: typeof size === 'number' ? ({ case: 'dimValue', value: BigInt(size) } as const) : ({ case: 'dimParam', value: size } as const),
  }));
  return create(ValueInfoProtoSchema, { name, type: { value: { case: 'tensorType', value: { elemType, shape: { dim } } } } });
}

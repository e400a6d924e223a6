/**
 * The lab's kernels as TensorFlow.js kernels, on its WebGPU and its CPU backend: whoever uses tfjs can call them on tensors, and tfjs's
 * autodiff goes through them. Tensors and kernels share the GPU's buffers; nothing is copied.
 */
import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { runOnArrays } from '../../device/cpu';
import type { Kernel, Params, StepValues, TypedArray } from '../../device/device';
import { noStep } from '../../device/device';
import { deviceOf } from '../../device/tfjs';
import { foreignBuffer } from '../../device/webgpu';
import { convMaxForward } from '../conv-max/forward';
import { convMaxInputGradient } from '../conv-max/input-gradient';
import { convMaxWeightUpdate } from '../conv-max/weight-update';
import { denseForward } from '../dense/forward';
import { denseInputGradient } from '../dense/input-gradient';
import { denseWeightUpdate } from '../dense/weight-update';
import { embeddingBagMean } from '../embedding-bag/mean';
import { embeddingBagUpdate } from '../embedding-bag/update';
import { embeddingGather } from '../embedding-rows/gather';
import { embeddingRowsUpdate } from '../embedding-rows/update';
import { wordSums } from '../embedding-rows/word-sums';
import { gramKernel } from '../gram/gram';
import { lstmBackward } from '../lstm/backward';
import { lstmForward } from '../lstm/forward';
import { applyGradient } from '../optimizer/apply';
import { gradientOnly } from '../optimizer/gradient';
import { optimizers } from '../optimizer/registry';
import { projectionForward } from '../projection/forward';
import { projectionGradient } from '../projection/gradient';
import { projectionWeightUpdate } from '../projection/weight-update';
import { transposeKernel } from '../shared/transpose';
import { softmaxCrossEntropy } from '../softmax-cross-entropy/softmax-cross-entropy';

/** Every kernel of the lab. */
export const allKernels: readonly Kernel[] = [
  embeddingBagMean,
  denseForward,
  denseInputGradient,
  softmaxCrossEntropy,
  embeddingGather,
  wordSums,
  lstmForward,
  lstmBackward,
  convMaxForward,
  convMaxInputGradient,
  projectionForward,
  projectionGradient,
  transposeKernel,
  gramKernel,
  ...[gradientOnly, ...optimizers].flatMap((optimizer) => [
    embeddingBagUpdate(optimizer),
    embeddingRowsUpdate(optimizer),
    denseWeightUpdate(optimizer),
    convMaxWeightUpdate(optimizer),
    projectionWeightUpdate(optimizer),
    applyGradient(optimizer),
  ]),
];

type Inputs = Record<string, tf.TensorInfo>;

/** How a kernel is called through tfjs, beside its input tensors (by binding name). */
export interface KernelCall {
  params: Params;
  step: Partial<StepValues>;
  /** Shape of each binding that the kernel writes; it starts as the input of that name where there is one, else at zero. */
  outputs: Record<string, number[]>;
}

/** tfjs's name of a kernel. */
export function tfjsName(kernel: Kernel): string {
  return `lowrank/${kernel.name}`;
}

/** Calls a registered kernel; returns the written bindings, in the kernel's order. */
export function callKernel(kernel: Kernel, inputs: Record<string, tf.Tensor>, call: KernelCall): tf.Tensor[] {
  const attributes = call as unknown as tf.NamedAttrMap;
  const outputs = tf.engine().runKernel(tfjsName(kernel), inputs, attributes) as unknown;
  return Array.isArray(outputs) ? (outputs as tf.Tensor[]) : [outputs as tf.Tensor];
}

/** Registers every kernel with both of tfjs's backends; each is compiled when it is first called. Safe to call again. */
export function registerKernels(): void {
  for (const kernel of allKernels) {
    for (const [backendName, run] of [
      ['webgpu', runOnWebGpu],
      ['cpu', runOnCpu],
    ] as const) {
      if (!tf.getKernel(tfjsName(kernel), backendName)) {
        tf.registerKernel({
          kernelName: tfjsName(kernel),
          backendName,
          kernelFunc: ({ inputs, backend, attrs }) => run(kernel, inputs as Inputs, backend as object, attrs as unknown as KernelCall),
        });
      }
    }
  }
}

function runOnWebGpu(kernel: Kernel, inputs: Inputs, backend: object, call: KernelCall): tf.TensorInfo[] {
  const webgpu = backend as WebGPUBackend;
  const device = deviceOf(backend);
  const resourceOf = ({ dataId }: tf.TensorInfo): GPUBuffer => {
    webgpu.uploadToGPU(dataId);
    return webgpu.tensorMap.get(dataId).resource as GPUBuffer;
  };
  const outputs: tf.TensorInfo[] = [];
  const buffers = kernel.bindings.map(({ name, type, access }) => {
    let info = inputs[name];
    if (access === 'read_write') {
      const dtype = type === 'f32' ? 'float32' : 'int32';
      info = name in inputs ? copyTensor(inputs[name]) : zeroTensor(call.outputs[name], dtype);
      outputs.push(info);
    }
    return [name, foreignBuffer(name, type, tf.util.sizeFromShape(info.shape), resourceOf(info))] as const;
  });
  // What tfjs has recorded and not yet submitted must come before our own submit.
  webgpu.ensureCommandEncoderReady();
  webgpu.endComputePassEncoder();
  webgpu.submitQueue();
  const program = device.bind([{ kernel, buffers: Object.fromEntries(buffers), params: call.params }]);
  device.submit([{ program, step: { ...noStep, ...call.step } }]);
  program.destroy();
  return outputs;
}

/** A copy on the same backend: the kernel updates in place, and tfjs's tensors must not change under their owner. */
function copyTensor(info: tf.TensorInfo): tf.TensorInfo {
  // What tfjs passes is the caller's tensor itself; an operation on it gives a new one.
  return tf.add(info as tf.Tensor, 0);
}

function zeroTensor(shape: number[], dtype: 'float32' | 'int32'): tf.TensorInfo {
  return tf.zeros(shape, dtype);
}

function runOnCpu(kernel: Kernel, inputs: Inputs, backend: object, call: KernelCall): tf.TensorInfo[] {
  const cpu = backend as {
    data: { get(id: object): { values: ArrayBufferView } };
    makeTensorInfo(shape: number[], dtype: string, values: ArrayBufferView): tf.TensorInfo;
  };
  const arrays: Record<string, TypedArray> = {};
  const outputs: tf.TensorInfo[] = [];
  for (const { name, type, access } of kernel.bindings) {
    const shape = access === 'read' ? inputs[name].shape : call.outputs[name];
    const length = tf.util.sizeFromShape(shape);
    const given = name in inputs ? asElements(cpu.data.get(inputs[name].dataId).values, type) : null;
    if (access === 'read') {
      arrays[name] = given as TypedArray;
    } else {
      arrays[name] = given ? given.slice() : type === 'f32' ? new Float32Array(length) : new Uint32Array(length);
      const values = type === 'f32' ? arrays[name] : new Int32Array(arrays[name].buffer);
      outputs.push(cpu.makeTensorInfo(shape, type === 'f32' ? 'float32' : 'int32', values));
    }
  }
  runOnArrays(kernel, arrays, call.params, { ...noStep, ...call.step });
  return outputs;
}

/** tfjs's int32 values are seen as the u32 that the kernels read. */
function asElements(values: ArrayBufferView, type: 'f32' | 'u32'): TypedArray {
  const { buffer, byteOffset, byteLength } = values;
  return type === 'f32' ? new Float32Array(buffer, byteOffset, byteLength / 4) : new Uint32Array(buffer, byteOffset, byteLength / 4);
}

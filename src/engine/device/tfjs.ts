/**
 * Opens TensorFlow.js's WebGPU backend. This is the one file of the engine that starts tfjs; it is loaded only where WebGPU is used, since
 * tfjs weighs more than the rest of the lab together.
 */
import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { DeviceReport } from '../../protocol/device';
import { LabError } from '../errors';
import { WebGpuDevice } from './webgpu';

/** The lab's device over each of tfjs's backends that it opened. */
const devices = new WeakMap<object, WebGpuDevice>();

/** The lab's device on the same `GPUDevice` as a tfjs backend, for kernels that tfjs calls. */
export function deviceOf(backend: object): WebGpuDevice {
  const device = devices.get(backend);
  if (!device) {
    throw new RangeError('this tfjs backend was not opened by the lab');
  }
  return device;
}

/**
 * Opens the device through tfjs.
 *
 * @throws LabError `no-webgpu` where there is no adapter.
 */
export async function openWebGpuDevice(reason: string): Promise<WebGpuDevice> {
  // A backend that is there already belongs to a device that somebody else may close.
  if (tf.engine().registry.webgpu !== undefined) {
    tf.removeBackend('webgpu');
  }
  if (tf.findBackendFactory('webgpu') == null) {
    // tfjs registers its backend only under a window or a worker; Node with a WebGPU of its own has neither.
    tf.registerBackend('webgpu', openBackend, 3);
  }
  // Small tensors would otherwise go to tfjs's CPU kernels without a word.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const opened = await tf.setBackend('webgpu').catch(() => false);
  if (!opened) {
    throw new LabError(
      'no-webgpu',
      'WebGPU is there, but its device could not be opened.',
      'Take the CPU backend in the settings, or update the browser.',
    );
  }
  const backend = tf.backend() as WebGPUBackend;
  const device = new WebGpuDevice(backend.device, describe(backend, reason), () => {
    // Another device may have been opened since.
    if (tf.findBackend('webgpu') === backend) {
      tf.removeBackend('webgpu');
    }
  });
  devices.set(backend, device);
  return device;
}

async function openBackend(): Promise<WebGPUBackend> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) {
    throw new LabError('no-webgpu', 'There is no WebGPU adapter.', 'Take the CPU backend.');
  }
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeInvocationsPerWorkgroup } =
    adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension, maxComputeInvocationsPerWorkgroup },
  });
  return new WebGPUBackend(device, adapter.info);
}

/** Adapters that are the CPU in disguise, by what they call themselves. */
const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|warp/i;

/** Vendors whose name is not just capitalized. */
const vendorNames: Record<string, string> = { nvidia: 'NVIDIA', amd: 'AMD', arm: 'Arm' };

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function describe({ device: gpu, adapterInfo }: WebGPUBackend, reason: string): DeviceReport {
  // Older browsers have it on the adapter only, from where tfjs keeps a part of it.
  const { vendor, architecture, device, description, isFallbackAdapter } = gpu.adapterInfo ?? {
    ...adapterInfo,
    device: '',
    description: '',
  };
  const software = Boolean(isFallbackAdapter) || softwareNames.test(`${architecture} ${device} ${description}`);
  // Browsers keep the full name to themselves; vendor and architecture are what they tell.
  const parts = [vendorNames[vendor] ?? capitalized(vendor), capitalized(architecture), device];
  const name = description || parts.filter(Boolean).join(' ') || 'unnamed GPU';
  return { backend: 'webgpu', name, vendor, architecture, software, reason, probe: null };
}

import { findBrowser } from '../../scripts/lib/browser.mjs';
import { hasDriver, softwareDriver } from '../../scripts/lib/vulkan.mjs';

/**
 * Gives Node a `navigator.gpu`, by Dawn (npm `webgpu`): the GPU's own driver, or where `software` allows it and there is none, SwiftShader,
 * which plays the GPU on the CPU.
 *
 * @returns whether there is an adapter now
 */
export async function installNodeGpu(software: boolean): Promise<boolean> {
  const dawn = await import('webgpu').catch(() => null);
  // Dawn has no build for this system, or it doesn't load.
  if (!dawn) return false;
  const tryDriver = async () => {
    const gpu = dawn.create([]);
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
    if (!adapter) return false;
    Object.assign(globalThis, dawn.globals);
    // Node has no navigator before 21, and none with WebGPU.
    if (typeof navigator === 'undefined') Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
    Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
    return true;
  };
  if (hasDriver() && (await tryDriver())) return true;
  const driver = software && process.platform === 'linux' ? softwareDriver(await findBrowser()) : undefined;
  if (!driver) return false;
  // Read by the Vulkan loader whenever a new instance asks for its drivers.
  process.env.VK_ICD_FILENAMES = driver;
  return tryDriver();
}

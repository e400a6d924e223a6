/** Where Dawn for Node (npm `webgpu`) finds Vulkan on Linux: the system's, or else what a Chromium brings along. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const loader = 'libvulkan.so.1';
const systemFolders = ['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu'];
const browserFolders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/opt/chromium.org/chromium'];

/** Where drivers register with the loader. */
const driverFolders = [
  '/usr/share/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
  '/etc/vulkan/icd.d',
  join(homedir(), '.local/share/vulkan/icd.d'),
  ...(process.env.XDG_DATA_DIRS ?? '').split(':').map((folder) => join(folder || '/', 'vulkan/icd.d')),
];

/** @param {string | undefined} browser its executable */
function foldersOf(browser) {
  // Debian's /usr/bin/chromium is a script that starts the one in /usr/lib.
  return browser ? [dirname(realpathSync(browser)), ...browserFolders] : browserFolders;
}

/**
 * What the process must be started with to load Vulkan: the loader's folder, where the system has no loader of its own.
 *
 * @param {string | undefined} browser
 * @returns {Record<string, string>}
 */
export function vulkanEnvironment(browser) {
  if (process.platform !== 'linux' || systemFolders.some((folder) => existsSync(join(folder, loader)))) return {};
  const folder = foldersOf(browser).find((candidate) => existsSync(join(candidate, loader)));
  if (!folder) return {};
  const before = process.env.LD_LIBRARY_PATH;
  return { LD_LIBRARY_PATH: before ? `${before}:${folder}` : folder };
}

/** Whether the system has a driver at all: to ask the loader without one gives warnings and nothing else. Only Linux has Vulkan so. */
export function hasDriver() {
  return (
    process.platform !== 'linux' ||
    Boolean(process.env.VK_ICD_FILENAMES || process.env.VK_DRIVER_FILES) ||
    driverFolders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0)
  );
}

/**
 * SwiftShader's description for the Vulkan loader (`VK_ICD_FILENAMES`): WebGPU played by the CPU.
 *
 * @param {string | undefined} browser
 * @returns {string | undefined}
 */
export function softwareDriver(browser) {
  return foldersOf(browser)
    .map((folder) => join(folder, 'vk_swiftshader_icd.json'))
    .find(existsSync);
}

/**
 * The one place that knows which Chromium the tests and the command line use, and how it is launched.
 *
 * - `CHROMIUM_PATH`: the browser to use, before any other.
 * - `LAB_GPU=hardware`: leaves the choice of the adapter to the browser. Without it, WebGPU runs on SwiftShader, which is the same on
 *   every machine, with or without a GPU.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | undefined} */
function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = [...systemNames.flatMap((name) => folders.map((folder) => join(folder, name))), ...usualPlaces];
  return candidates.find(isExecutable);
}

/**
 * The browser to launch: by `CHROMIUM_PATH`, else Playwright's own, else the system's.
 *
 * Playwright's own is found by its path: without one, Playwright would take its headless shell, which has no WebGPU.
 *
 * @returns {Promise<string | undefined>} undefined where there is none
 */
export async function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`CHROMIUM_PATH is ${wanted}, but there is no such file.`);
    return wanted;
  }
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  return own && existsSync(own) ? own : systemBrowser();
}

/** Command-line arguments of Chromium: WebGPU without a screen, and no traffic of the browser's own. */
export function browserArguments() {
  const adapter = process.env.LAB_GPU === 'hardware' ? [] : ['--use-webgpu-adapter=swiftshader'];
  return [
    '--no-sandbox',
    '--enable-unsafe-webgpu',
    ...adapter,
    '--enable-features=Vulkan',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

/** What Playwright needs to launch it. */
export async function launchOptions() {
  return { executablePath: await findBrowser(), args: browserArguments() };
}

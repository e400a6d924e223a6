/**
 * The one place that knows which Chromium the tests and the command line use, and how it is launched.
 *
 * - `CHROMIUM_PATH`: the browser to use, before any other.
 * - `LAB_GPU=hardware`: leaves the choice of the adapter to the browser. Without it, WebGPU runs on SwiftShader, which is the same on
 *   every machine, with or without a GPU.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, runInstalled, Stop } from './run.mjs';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Whether the browser is there and starts: one may lie there whose libraries are missing, or that is a mere pointer to another package.
 *
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window when it is asked for its version.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** @returns {string | undefined} */
function systemBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return [...systemNames.flatMap((name) => folders.map((folder) => join(folder, name))), ...usualPlaces].find(starts);
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
    if (!starts(wanted)) throw new Stop(`CHROMIUM_PATH is ${wanted}, and no browser starts from there. Correct it, or unset it.`);
    return wanted;
  }
  const { chromium } = await import('playwright');
  const own = chromium.executablePath();
  return own && starts(own) ? own : systemBrowser();
}

/**
 * The same, and where there is no browser, installs one: Playwright's own, or else the distribution's package.
 *
 * @param {(line: string) => void} say
 * @returns {Promise<string>}
 */
export async function ensureBrowser(say) {
  const found = await findBrowser();
  if (found) return found;
  say('Installing a browser for the tests, once: Playwright loads Chromium, about 170 MB.');
  const installed = await runInstalled(['playwright'], ['install', '--no-shell', 'chromium'], { output: 'stderr' });
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (installed === 0 && mayInstall && !(await findBrowser())) {
    say('Installing the system libraries that it needs.');
    await runInstalled(['playwright'], ['install-deps', 'chromium'], { output: 'stderr' });
  }
  if (installed !== 0 && mayInstall) {
    say("Playwright could not load its own; installing the distribution's package chromium.");
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { environment, output: 'stderr' });
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { environment, output: 'stderr' });
  }
  const browser = await findBrowser();
  if (browser) return browser;
  throw new Stop('There is no browser for the tests. Install Chromium or Chrome, or set CHROMIUM_PATH to one, and try again.');
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

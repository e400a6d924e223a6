/** `npm run lab -- ...`: the experiment without a screen. Started by scripts/lab.mjs, after set-up. */
import './engine-revision';
import './relaxed-simd';
import { toFailure } from '../engine/errors';
import { catalogue } from '../engine/experiment/catalogue';
import { describeSurfaces } from '../engine/landscape/registry';
import type { LabFailure } from '../protocol/failure';
import type { Lab } from '../protocol/lab';
import { runExperiment } from './experiment';
import { helpText } from './help';
import { runLandscape } from './landscape';
import { installNodeGpu } from './node-gpu';
import { createNodeLab } from './node-lab';
import { type CommandLineOptions, parseMerge, parseOptions, parseReport } from './options';
import { ProgressLine } from './progress';
import { runRace } from './race';
import { runMerge } from './sweep/merge';
import { runReport } from './sweep/report';
import { runSweepFile } from './sweep/run';

const progress = new ProgressLine(
  (text) => process.stderr.write(text),
  process.stderr.isTTY === true,
  () => performance.now(),
);

/** Where the engine runs: in this process, unless WebGPU is asked for and only a browser has it. */
async function chooseLab({ backend }: CommandLineOptions): Promise<Lab> {
  if (backend !== 'webgpu' || (await installNodeGpu(true))) return createNodeLab();
  progress.say('Node finds no WebGPU here: starting a browser without a screen.');
  // Loaded only here: what drives a browser takes as long to load as all the rest.
  const { createBrowserLab } = await import('./browser/lab');
  return createBrowserLab();
}

/** A failure of the engine's, in this process or over a boundary: both have the two sentences. */
function asFailure(error: unknown): LabFailure {
  const plain = error as Partial<LabFailure> | null;
  return typeof plain?.message === 'string' && typeof plain.remedy === 'string' ? (plain as LabFailure) : toFailure(error);
}

/** Where a sweep that was ended by a signal says so: a cluster starts it again then. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Of a merge that was written, with cells missing: no wrong input, but whoever goes on with the file has to know. */
const incompleteMerge = 2;

/** How often what goes on is asked to end, until it has ended. */
const askingMs = 100;

async function main(): Promise<void> {
  const terminal = { progress, print: (text: string) => console.log(text) };
  const [command, ...rest] = process.argv.slice(2);
  if (command === 'merge') {
    if (runMerge(parseMerge(rest), terminal) === 'incomplete') process.exitCode = incompleteMerge;
    return;
  }
  if (command === 'report') {
    await runReport(parseReport(rest), terminal);
    return;
  }
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(helpText(catalogue(), describeSurfaces()));
    return;
  }
  const lab = await chooseLab(options);
  let interrupted: keyof typeof exitCodes | null = null;
  let asking: ReturnType<typeof setInterval> | undefined;
  const end = () => {
    void lab.cancelLoad();
    void lab.stop();
  };
  const interrupt = (signal: keyof typeof exitCodes) => {
    // A second one means it.
    if (interrupted) process.exit(exitCodes[signal]);
    interrupted = signal;
    progress.say('Stopping after the step in progress; what is finished is kept. Ctrl-C again ends at once.');
    end();
    // Between a load and a run there is nothing yet that could be ended.
    asking = setInterval(end, askingMs);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    // No device is opened for it: a ball needs none.
    if (options.landscape) {
      await runLandscape(lab, catalogue().schedules, { flags: options.landscape, out: options.out }, terminal);
      return;
    }
    const work = options.sweep !== undefined ? runSweepFile : options.race === undefined ? runExperiment : runRace;
    const outcome = await work(lab, await lab.open(options.backend), options, terminal);
    if (outcome === 'stopped') process.exitCode = exitCodes[interrupted ?? 'SIGINT'];
  } catch (error) {
    // A load that was ended is no wrong input.
    if (!interrupted || asFailure(error).code !== 'cancelled') throw error;
    process.exitCode = exitCodes[interrupted];
  } finally {
    clearInterval(asking);
    await lab.close();
  }
}

try {
  await main();
} catch (error) {
  const { code, message, remedy } = asFailure(error);
  progress.say(`${message} ${remedy}`);
  if (code === 'unexpected' && process.env.LAB_DEBUG) console.error(error);
  process.exitCode = 1;
}

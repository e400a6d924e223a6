/** What is tested in Python, where it is there: nothing of it is installed by the tests' own set-up. */
import { run } from './run.mjs';

/**
 * @typedef {object} PythonCheck
 * @property {string} title
 * @property {string} project of vitest
 * @property {string[]} modules that it imports
 * @property {string} packages that hold them, in Debian
 */

/** @type {PythonCheck[]} */
export const pythonChecks = [
  { title: 'Examples in Python', project: 'python', modules: ['numpy'], packages: 'python3-numpy' },
  { title: 'word2vec files in gensim', project: 'gensim', modules: ['gensim'], packages: 'python3-gensim' },
  { title: 'ONNX files in the checker of onnx', project: 'onnx-checker', modules: ['onnx', 'numpy'], packages: 'python3-onnx' },
];

/** The distribution's own comes last: it alone sees the distribution's packages, where another one was installed over it. */
const programs = [...(process.env.LAB_PYTHON ? [process.env.LAB_PYTHON] : []), 'python3', '/usr/bin/python3'];

/**
 * The first Python that imports all of these; `LAB_PYTHON` names one that is asked before the others.
 *
 * @param {readonly string[]} modules
 * @returns {Promise<string | null>} null where there is none
 */
export async function findPython(modules) {
  for (const program of programs) {
    const found = await run(program, ['-c', `import ${modules.join(', ')}`], { output: 'none', errors: 'none' }).catch(() => 1);
    if (found === 0) return program;
  }
  return null;
}

/**
 * Why a check can't be done here.
 *
 * @param {PythonCheck} check
 */
export function withoutPython({ modules, packages }) {
  return `no python3 here imports ${modules.join(' and ')}; install it (Debian: apt install ${packages}), then npm run test:python runs them`;
}

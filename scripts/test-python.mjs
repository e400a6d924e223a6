// `npm run test:python`: what is tested in Python, each where its modules are installed; says what it leaves out. LAB_PYTHON names a Python.
import { findPython, pythonChecks, withoutPython } from './lib/python.mjs';
import { main, runInstalled } from './lib/run.mjs';

await main(async () => {
  let failed = 0;
  let ran = 0;
  for (const check of pythonChecks) {
    const python = await findPython(check.modules);
    if (python === null) {
      console.log(`${check.title}: LEFT OUT: ${withoutPython(check)}.`);
      continue;
    }
    ran++;
    const exitCode = await runInstalled(['vitest'], ['run', '--project', check.project], { environment: { LAB_PYTHON: python } });
    if (exitCode !== 0) failed++;
  }
  // Asked for by name, to run nothing is no success.
  return failed === 0 && ran > 0 ? 0 : 1;
});

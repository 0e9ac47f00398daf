import { setUpPython } from './setup/index.mjs';
import { pythonForTests } from './setup/python-for-tests.mjs';

/** Installs what tests open exported models with, and prints the Python and the folder to be named in PYTHONPATH as JSON. */
await setUpPython();
process.stdout.write(`${JSON.stringify((await pythonForTests()) ?? null)}\n`);

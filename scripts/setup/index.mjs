import { brokerForTestsStep } from './broker-for-tests.mjs';
import { buildStep } from './build.mjs';
import { dependenciesStep, nodeStep } from './dependencies.mjs';
import { electronStep } from './electron.mjs';
import { kernelsStep } from './kernels.mjs';
import { lockCheckout } from './lock.mjs';
import { nodeRuntimesStep } from './node-runtimes.mjs';
import { postgresStep } from './postgres.mjs';
import { pythonForTestsStep } from './python-for-tests.mjs';
import { lineReporter, runSteps } from './steps.mjs';
import { systemLibrariesStep } from './system-libraries.mjs';
import { tensorflowStep } from './tensorflow.mjs';

/**
 * Makes this checkout ready. What is ready already is only looked at.
 *
 * @param {object} [options]
 * @param {'needed' | 'optional' | 'none'} [options.window] whether Electron and the libraries it draws with are wanted:
 *   where they are optional their failure is reported and the rest goes on
 * @param {boolean} [options.python] whether tests will open exported models in Python, and run in other versions of Node.js
 * @param {boolean} [options.quiet] report only work and failures, and on stderr
 * @returns {Promise<boolean>} whether all that is needed is ready
 */
export function setUp({ window = 'needed', python = false, quiet = false } = {}) {
  const optional = window === 'optional';
  const forWindow = [electronStep(), systemLibrariesStep()].map((step) => ({ ...step, optional }));
  const steps = [
    nodeStep(),
    dependenciesStep(),
    tensorflowStep(),
    kernelsStep(),
    postgresStep(),
    ...(window === 'none' ? [] : forWindow),
    buildStep(),
    ...(python ? [pythonForTestsStep(), nodeRuntimesStep(), brokerForTestsStep()] : []),
  ];
  return runSteps(
    steps,
    lineReporter(quiet ? process.stderr : process.stdout, { tellReady: !quiet }),
    lockCheckout,
  );
}

/** What tests open exported models with in Python, alone. Speaks to stderr. */
export function setUpPython() {
  return runSteps([pythonForTestsStep()], lineReporter(process.stderr, { tellReady: false }), lockCheckout);
}

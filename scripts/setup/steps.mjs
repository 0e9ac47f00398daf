import { performance } from 'node:perf_hooks';

/** A failure that a person can act on: what went wrong, and the way out. */
export class SetupProblem extends Error {
  /**
   * @param {string} cause
   * @param {string} wayOut
   */
  constructor(cause, wayOut) {
    super(cause);
    this.name = 'SetupProblem';
    this.wayOut = wayOut;
  }
}

/**
 * A step of the set-up. `check` answers with a few words about what is there (or undefined when the step has work to
 * do) and changes nothing; `act` does the work and answers with a few words about what it made. After the failure of an
 * `optional` step the others go on.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {boolean} [optional]
 * @property {() => Promise<string | undefined>} check
 * @property {(note: (doing: string) => void) => Promise<string>} act
 */

/**
 * Where the lines go: `ready` is called for a step with nothing to do, `doing` while one works, `done` when it has worked.
 *
 * @typedef {object} Reporter
 * @property {(name: string, detail: string, seconds: number) => void} ready
 * @property {(name: string, doing: string) => void} doing
 * @property {(name: string, detail: string, seconds: number) => void} done
 * @property {(name: string, cause: string, wayOut: string, optional: boolean) => void} failed
 */

/**
 * Runs the steps in their order and stops at the first failure of one that is needed.
 *
 * @param {Step[]} steps
 * @param {Reporter} reporter
 * @param {(onWait: () => void) => Promise<() => Promise<void>>} lock taken before the first step that has work to do,
 *   given back at the end
 * @returns {Promise<boolean>} whether all needed steps are ready
 */
export async function runSteps(steps, reporter, lock) {
  /** @type {(() => Promise<void>) | undefined} */
  let unlock;
  try {
    for (const step of steps) {
      const begun = performance.now();
      const seconds = () => (performance.now() - begun) / 1000;
      const note = (doing) => reporter.doing(step.name, doing);
      try {
        let found = await step.check();
        if (found === undefined && unlock === undefined) {
          unlock = await lock(() => note('waiting for another set-up of this checkout'));
          found = await step.check();
        }
        if (found === undefined) reporter.done(step.name, await step.act(note), seconds());
        else reporter.ready(step.name, found, seconds());
      } catch (error) {
        const { cause, wayOut } = explain(error);
        reporter.failed(step.name, cause, wayOut, step.optional === true);
        if (!step.optional) return false;
      }
    }
    return true;
  } finally {
    await unlock?.();
  }
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof SetupProblem) return { cause: error.message, wayOut: error.wayOut };
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC') {
    return { cause: 'The disk is full.', wayOut: 'Free some 3 GB, then run the same command again.' };
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return {
      cause: `A file or folder may not be written (${message}).`,
      wayOut: 'Give your user the right to write there, or name another cache folder in HINDCAST_CACHE.',
    };
  }
  return { cause: message, wayOut: 'Run the same command again; `npm run doctor` shows what is missing.' };
}

/**
 * One line for each step. On a terminal the line of a working step is drawn over until it is done.
 *
 * @param {NodeJS.WriteStream} stream
 * @param {{ tellReady: boolean }} options whether steps with nothing to do get a line
 * @returns {Reporter}
 */
export function lineReporter(stream, { tellReady }) {
  // A reader that went away (`| head`) is no reason to stop half-way.
  stream.on('error', () => {});
  const clear = stream.isTTY ? '\r\u001b[2K' : '';
  const line = (text) => stream.write(`${clear}${text}\n`);
  return {
    ready: (name, detail, seconds) => {
      if (tellReady) line(`✓ ${name}: ${detail}  ${seconds.toFixed(2)} s`);
    },
    doing: (name, doing) => {
      if (stream.isTTY)
        stream.write(`${clear}… ${name}: ${doing}`.slice(0, clear.length + (stream.columns ?? 80) - 1));
    },
    done: (name, detail, seconds) => line(`✓ ${name}: ${detail}  ${seconds.toFixed(2)} s`),
    failed: (name, cause, wayOut, optional) => {
      line(`${optional ? '!' : '✗'} ${name}: ${cause}\n  Way out: ${wayOut}`);
      if (optional) line('  Not all that follows needs this: going on without.');
    },
  };
}

import { isRoot } from './project.mjs';
import { gist, run } from './shell.mjs';
import { SetupProblem } from './steps.mjs';

/** Debian has it beside what users start. */
const PROGRAMS = ['mosquitto', '/usr/sbin/mosquitto'];

/**
 * The MQTT broker that tests publish to. Without it those tests are left out, and all others run.
 *
 * @returns {import('./steps.mjs').Step}
 */
export const brokerForTestsStep = () => ({
  name: 'MQTT broker for tests',
  check: async () => {
    if (await isThere()) return 'ready';
    if (process.platform === 'linux' && isRoot && (await run('apt-get', ['--version'])).code === 0)
      return undefined;
    return 'none: tests that publish to one are left out (install what Debian calls mosquitto)';
  },
  act: async (note) => {
    const options = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
    note('installing mosquitto');
    const updated = await run('apt-get', ['update'], options);
    const installed = await run(
      'apt-get',
      ['install', '-y', '--no-install-recommends', 'mosquitto'],
      options,
    );
    if (await isThere()) return 'installed mosquitto';
    throw new SetupProblem(
      `apt-get did not bring mosquitto (${gist(`${updated.output}\n${installed.output}`)}).`,
      'Check the network, or install mosquitto yourself.',
    );
  },
  optional: true,
});

async function isThere() {
  for (const program of PROGRAMS) {
    const { output } = await run(program, ['-h']);
    if (/mosquitto version/.test(output)) return true;
  }
  return false;
}

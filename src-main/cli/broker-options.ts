import { homedir } from 'node:os';
import { join } from 'node:path';
import { SingleRun } from '../library';
import { likenessWith, readBrokerAddress, type BrokerAddress, type Likeness, type Member } from '../queue';
import { RunQuestions } from '../services';
import { forkTrainer } from '../trainer';
import { parseDevice, UsageError, type Arguments, type Options } from './arguments';
import type { CommandContext } from './command';

/** Where programs look for it that are not given one by the command line, which others on the machine may see. */
const ADDRESS_VARIABLE = 'HINDCAST_BROKER';

export const BROKER_OPTION = {
  broker: {
    value: 'URL|FILE',
    help: `the address of the broker, or a file of mode 600 that holds it; read from ${ADDRESS_VARIABLE} if left out. ?sslmode=require encrypts the way there, ?sslmode=verify-full&sslrootcert=FILE also asks for its certificate`,
  },
} as const satisfies Options;

/** Null where none is named. @throws UsageError, Problem 'broker-invalid' */
export async function parseBroker(args: Arguments): Promise<BrokerAddress | null> {
  const given = args.text('broker') ?? process.env[ADDRESS_VARIABLE];
  if (given === undefined) return null;
  if (given === '') throw new UsageError('--broker is empty');
  // What a command was started with is seen by everybody on the machine: from now on the name alone.
  process.title = 'hindcast';
  return readBrokerAddress(given);
}

/** What this machine computes with: by it workers are told apart. @throws Problem 'engine-missing', 'trainer-failed' */
export async function likenessOf({
  args,
  installation,
}: Pick<CommandContext, 'args' | 'installation'>): Promise<Likeness & { readonly device: string }> {
  const questions = new RunQuestions(new SingleRun(''), () =>
    forkTrainer(installation.trainerEntry, parseDevice(args)),
  );
  try {
    const { kernels, device } = await questions.run('describeEngine', null);
    return { ...likenessWith(kernels), device };
  } finally {
    questions.close();
  }
}

/** In the folder for data of the user; root's is closed to the user that PostgreSQL runs as. */
export function usualBrokerFolder(): string {
  if (process.getuid?.() === 0) return '/var/lib/hindcast-broker';
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'hindcast-broker');
}

/** Workers, a line each; those who are not alike take nothing. */
export function describeMembers(members: readonly Member[], { version, kernels }: Likeness): string[] {
  const workers = members.filter(({ role }) => role === 'worker');
  const isAlike = (member: Member): boolean => member.version === version && member.kernels === kernels;
  const alike = workers.filter(isAlike);
  const others = workers.filter((worker) => !isAlike(worker));
  return [
    alike.length === 0
      ? `No worker of Hindcast ${version} with ${kernels} kernels is there: work waits until one comes`
      : `Workers: ${alike.map(describeWorker).join(', ')}`,
    ...others.map(
      (other) =>
        `“${other.name}” is Hindcast ${other.version} with ${other.kernels} kernels and takes nothing of this`,
    ),
  ];
}

function describeWorker({ name, jobs, device, done, seconds }: Member): string {
  const rate = done === 0 ? '' : `, ${((60 * done) / seconds).toFixed(1)} a minute`;
  return `${name} (${device}, ${jobs} at a time${rate})`;
}

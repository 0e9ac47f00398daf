import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';

/** PostgreSQL refuses to run as root. */
const ACCOUNT = 'hindcast-broker';

const execute = promisify(execFile);

/** Whom a process is started as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Whom PostgreSQL runs as: null for who runs this; for root a user of its own, without a password, a home or a shell, which is made
 * where there is none.
 * @throws Problem 'broker-not-started'
 */
export async function accountForPostgres(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  try {
    return (await accountOf(ACCOUNT)) ?? (await makeAccount());
  } catch (error) {
    const cause = phrase('no-account', { user: userInfo().username, account: ACCOUNT });
    throw new Problem('broker-not-started', { cause }, { cause: error });
  }
}

async function makeAccount(): Promise<Account> {
  await execute('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    ACCOUNT,
  ]);
  const made = await accountOf(ACCOUNT);
  if (made === null) throw new Error(`${ACCOUNT} is not there`);
  return made;
}

async function accountOf(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (which) => Number((await execute('id', [which, name])).stdout)),
    );
    return uid === undefined || gid === undefined || !(uid > 0) || !(gid > 0) ? null : { uid, gid };
  } catch {
    return null;
  }
}

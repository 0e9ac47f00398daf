import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../contract/problems';
import { freePort } from '../processes/free-port';
import { BROKER_PASSWORD, BROKER_USER, HAS_BROKER, startBroker, type Broker } from './broker.fixture';
import { messagesOf, type Message } from './home-assistant';
import { sendMessages } from './mqtt';
import { publicationOf } from './publication';
import { issuedFixture } from './publication.fixture';

const HOUR = 3600;

let broker: Broker;

const publication = publicationOf(issuedFixture, {
  name: 'Garden 정원',
  madeAt: Date.UTC(2026, 0, 2, 0, 1),
  baselineInstead: false,
  warnings: [],
});
const settings = () => ({ url: `mqtt://127.0.0.1:${broker.port}`, user: BROKER_USER, topic: 'hindcast' });
const messages = (): Message[] => messagesOf(publication, settings(), 'en', HOUR);

describe.skipIf(!HAS_BROKER)('a real broker', () => {
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(() => broker.end());

  it('keeps all messages for who comes later', async () => {
    await sendMessages(settings(), BROKER_PASSWORD, messages());
    const client = await connectAsync(settings().url, { username: BROKER_USER, password: BROKER_PASSWORD });
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
    const sent = sendMessages(nowhere, BROKER_PASSWORD, messages());
    await expect(sent).rejects.toBeInstanceOf(Problem);
    await expect(sent).rejects.toThrow('no broker answers there');
  });

  it('that speaks no TLS is not spoken to without it', async () => {
    const secure = { ...settings(), url: `mqtts://127.0.0.1:${broker.port}` };
    await expect(sendMessages(secure, BROKER_PASSWORD, messages())).rejects.toMatchObject({
      code: 'publish-failed',
    });
  });
});

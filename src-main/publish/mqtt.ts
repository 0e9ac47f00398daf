import { phrase, saidBy, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { MqttSettings } from '../contract/watch';
import { codeOf } from '../files/atomic';
import type { Message } from './home-assistant';

const CONNECT_MS = 10_000;
const SEND_MS = 10_000;
/** It arrives at least once. */
const QUALITY = 1;

/**
 * Gives messages to a broker, which keeps them, and leaves it. With `mqtts:` the broker's certificate must be one that the
 * system trusts, or one that NODE_EXTRA_CA_CERTS names.
 * @param password null: none is given
 * @throws Problem 'publish-failed'
 */
export async function sendMessages(
  { url, user }: MqttSettings,
  password: string | null,
  messages: readonly Message[],
): Promise<void> {
  // Loaded only where it is used: it takes some 20 MB.
  const { connectAsync } = await import('mqtt');
  try {
    const client = await connectAsync(
      url,
      {
        ...(user === '' ? {} : { username: user }),
        ...(password === null ? {} : { password }),
        connectTimeout: CONNECT_MS,
        reconnectPeriod: 0,
        clean: true,
      },
      false,
    );
    // What comes up later fails the sending below.
    client.on('error', () => undefined);
    try {
      const sending = messages.map(({ topic, payload }) =>
        client.publishAsync(topic, payload, { qos: QUALITY, retain: true }),
      );
      await within(SEND_MS, Promise.all(sending));
    } finally {
      await client.endAsync(true).catch(() => undefined);
    }
  } catch (error) {
    throw new Problem('publish-failed', { place: url, cause: causeOf(error) }, { cause: error });
  }
}

/** Broker's answers of MQTT 3.1.1 (section 3.2.2.3) that a person can do something about. */
const REFUSALS: Readonly<Record<string, 'mqtt-refused-user' | 'mqtt-refused'>> = {
  4: 'mqtt-refused-user',
  5: 'mqtt-refused-user',
  2: 'mqtt-refused',
  3: 'mqtt-refused',
};
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'];

function causeOf(error: unknown): Phrase {
  const code = codeOf(error);
  const refused = REFUSALS[code];
  if (refused !== undefined) return phrase(refused);
  const inner = error instanceof AggregateError ? codeOf(error.errors[0]) : code;
  if (UNREACHABLE.includes(inner)) return phrase('mqtt-unreachable');
  if (/CERT|SELF_SIGNED|TLS|ERR_SSL/.test(code)) return phrase('mqtt-certificate');
  if (error instanceof Error && /timeout|closed/i.test(error.message)) return phrase('mqtt-unreachable');
  return saidBy(error);
}

/** @throws what the work throws; an error where it takes longer */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('timeout')), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

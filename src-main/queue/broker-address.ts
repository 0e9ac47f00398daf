import { readFile, stat } from 'node:fs/promises';
import type { PoolConfig } from 'pg';
import { phrase, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { readBounded } from '../files/bounded';

/** Where a broker is, and how one gets in. It holds the password: nothing but `place` is ever shown or logged. */
export interface BrokerAddress {
  /** `host:port`, for people. */
  readonly place: string;
  readonly login: Pick<PoolConfig, 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'>;
}

const USUAL_PORT = 5432;
/** As libpq means them: 'require' encrypts and trusts any certificate, 'verify-full' asks for that of the host. */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
const MOST_CERTIFICATE_BYTES = 1024 * 1024;
const MOST_ADDRESS_CHARACTERS = 2000;
/** Rights of the group and of everybody else. */
const OTHERS = 0o077;

const invalid = (cause: Phrase): Problem => new Problem('broker-invalid', { cause });

/**
 * The address of a broker: `postgres://user:password@host:port/database?sslmode=...`, or the path of a file that holds it
 * and that nobody else may read.
 * @throws Problem 'broker-invalid', 'file-missing', 'file-unreadable'
 */
export async function readBrokerAddress(given: string): Promise<BrokerAddress> {
  if (looksLikeAddress(given)) return parseBrokerAddress(given);
  const found = await stat(given).catch(() => null);
  if (found === null) throw invalid(phrase('broker-form'));
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0) throw invalid(phrase('broker-file-open'));
  return parseBrokerAddress((await readFile(given, 'utf8')).trim());
}

const looksLikeAddress = (text: string): boolean => /^[a-z]+:\/\//i.test(text);

/** @throws Problem 'broker-invalid', and where the root certificate that it names cannot be read */
export async function parseBrokerAddress(text: string): Promise<BrokerAddress> {
  let url: URL;
  try {
    if (text.length > MOST_ADDRESS_CHARACTERS) throw new Error('too long');
    url = new URL(text);
  } catch {
    throw invalid(phrase('broker-form'));
  }
  const { protocol, hostname, port, username, password, pathname, searchParams } = url;
  const database = decode(pathname.slice(1));
  const isWhole = hostname !== '' && username !== '' && database !== '' && !database.includes('/');
  if (!/^postgres(?:ql)?:$/.test(protocol) || !isWhole) throw invalid(phrase('broker-form'));
  return {
    place: `${hostname}:${port || USUAL_PORT}`,
    login: {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port || USUAL_PORT),
      user: decode(username),
      password: decode(password),
      database,
      ssl: await sslOf(searchParams),
    },
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid(phrase('broker-form'));
  }
}

async function sslOf(options: URLSearchParams): Promise<PoolConfig['ssl']> {
  for (const option of options.keys()) {
    if (option !== 'sslmode' && option !== 'sslrootcert')
      throw invalid(phrase('broker-option', { option: option.slice(0, 100) }));
  }
  const asked = options.get('sslmode') ?? 'disable';
  const mode = SSL_MODES.find((each) => each === asked);
  if (mode === undefined)
    throw invalid(phrase('broker-sslmode', { mode: asked.slice(0, 100), modes: SSL_MODES.join(', ') }));
  if (mode === 'disable') return false;
  const root = options.get('sslrootcert');
  const ca = root === null ? {} : { ca: await readBounded(root, MOST_CERTIFICATE_BYTES) };
  if (mode === 'require') return { rejectUnauthorized: false };
  return { ...ca, ...(mode === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}) };
}

import type { Pool, PoolClient, Queryable, QueryResult } from 'pg';
import { phrase, saidBy, type Phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { codeOf } from '../files/atomic';
import type { BrokerAddress } from './broker-address';

/** A connection that does not come about within this is given up. */
const CONNECT_MS = 60_000;
/** A server that went away without a word is noticed after this. */
const QUERY_MS = 120_000;
const KEEP_ALIVE_MS = 10_000;

/**
 * What Hindcast keeps with a broker, beside BullMQ's own tables: contents by their hash, in pieces; one result a job; how far
 * unfinished ones are; which nobody wants any more; who is there.
 */
const TABLES = `
CREATE SCHEMA IF NOT EXISTS hindcast;
CREATE TABLE IF NOT EXISTS hindcast.content (
  hash text NOT NULL,
  piece integer NOT NULL,
  pieces integer NOT NULL,
  bytes bytea NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hash, piece)
);
CREATE TABLE IF NOT EXISTS hindcast.result (
  job text PRIMARY KEY,
  answer jsonb NOT NULL,
  worker text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS hindcast.progress (
  job text PRIMARY KEY,
  step integer NOT NULL,
  content text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS hindcast.stopped (
  job text PRIMARY KEY,
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS hindcast.present (
  id text PRIMARY KEY,
  about jsonb NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now()
);
`;
/** One process at a time makes tables; a number of ours. */
const TABLES_LOCK = 0x48494e44;

/** The broker's database. */
export class Database implements Queryable {
  readonly place: string;
  readonly pool: Pool;

  private constructor(place: string, pool: Pool) {
    this.place = place;
    this.pool = pool;
  }

  /**
   * Connects, and makes the tables that are not there.
   * @param connections at most
   * @throws Problem 'broker-unreachable', 'broker-refused'
   */
  static async open({ place, login }: BrokerAddress, connections: number): Promise<Database> {
    const { Pool } = await import('pg');
    const pool = new Pool({
      ...login,
      max: connections,
      // BullMQ names its tables without their schema.
      options: '-c search_path=bullmq',
      application_name: 'hindcast',
      keepAlive: true,
      // A way that is cut without a word is noticed soon, also by who only listens.
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: QUERY_MS,
    });
    // A connection that is lost while nobody uses it: the next query takes another.
    pool.on('error', () => undefined);
    // One that is lost while it is taken: what is asked of it next fails. Nobody hearing it would end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
    const database = new Database(place, pool);
    try {
      await database.#makeTables();
      return database;
    } catch (error) {
      await pool.end().catch(() => undefined);
      throw brokerProblem(place, error);
    }
  }

  query(text: string, values?: readonly unknown[]): Promise<QueryResult> {
    return this.pool.query(text, values);
  }

  /** All or nothing. */
  async transaction<T>(action: (client: Queryable) => Promise<T>): Promise<T> {
    return this.#withClient(async (client) => {
      await client.query('BEGIN');
      try {
        const value = await action(client);
        await client.query('COMMIT');
        return value;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async #makeTables(): Promise<void> {
    const { runMigrations } = await import('bullmq');
    await this.#withClient((client) => runMigrations(client as never));
    await this.transaction(async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [TABLES_LOCK]);
      await client.query(TABLES);
    });
  }

  async #withClient<T>(action: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let failed = true;
    try {
      const value = await action(client);
      failed = false;
      return value;
    } finally {
      // After a failure nobody knows what state it is in.
      client.release(failed);
    }
  }
}

/** PostgreSQL's codes for a login that it does not take. */
const REFUSED_CODES = ['28P01', '28000'];
/** What a server that wants TLS says to who comes without. */
const UNENCRYPTED_WORDS = /no encryption/;
const UNREACHABLE_CODES = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
];

/** Why a broker cannot be used. */
export function brokerProblem(place: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const isOpen = error instanceof Error && UNENCRYPTED_WORDS.test(error.message);
  if (REFUSED_CODES.includes(innerCode(error)) && !isOpen)
    return new Problem('broker-refused', { place }, { cause: error });
  return new Problem('broker-unreachable', { place, cause: causeOf(error) }, { cause: error });
}

function causeOf(error: unknown): Phrase {
  const code = innerCode(error);
  const message = error instanceof Error ? error.message : '';
  if (UNREACHABLE_CODES.includes(code) || /timeout|terminated/i.test(message)) return phrase('broker-silent');
  const isTls = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|TLS|ERR_SSL/.test(code) || /SSL/.test(message);
  if (isTls || UNENCRYPTED_WORDS.test(message)) return phrase('broker-tls');
  return saidBy(error);
}

/** Node tries several addresses of a name, and tells of all of them together. */
function innerCode(error: unknown): string {
  const [first] = error instanceof AggregateError ? (error.errors as readonly unknown[]) : [];
  return codeOf(error) || codeOf(first);
}

/**
 * PostgreSQL's classes of errors that pass: the connection (08), a transaction that lost against another (40), too many
 * connections or too little memory or disk (53), and the server on its way down or up (57P).
 */
const PASSING_CODES = /^(?:08|40|53|57P)/;
const LOST_CODES = ['ECONNRESET', 'EPIPE', 'EADDRNOTAVAIL', ...UNREACHABLE_CODES];
/** What node-postgres says, which has no codes of its own. */
const LOST_WORDS =
  /connection (?:terminated|closed|is closed|timeout|error)|not queryable|timeout (?:exceeded|expired)|read timeout/i;

/** Whether the server, or the way to it, is gone for now: what was asked may be asked again later. */
export function isConnectionLost(error: unknown): boolean {
  const code = innerCode(error);
  if (PASSING_CODES.test(code) || LOST_CODES.includes(code)) return true;
  return error instanceof Error && LOST_WORDS.test(error.message);
}

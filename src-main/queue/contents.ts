import type { Queryable } from 'pg';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { checksumOf } from '../files/sealed';
import type { Database } from './database';

/** A message of the database holds one piece. */
const PIECE_BYTES = 4 * 1024 * 1024;
const MOST_PIECES = 256;

const HASH_PATTERN = /^[0-9a-f]{64}$/;

/** Does something again until the broker is there. */
export type UntilReached = <T>(action: () => Promise<T>) => Promise<T>;

/** Bytes that travel through the database, known by their SHA-256. */
export class Contents {
  readonly #database: Database;
  readonly #untilReached: UntilReached;

  /** @param untilReached how a broker that is away is waited for; not at all if left out */
  constructor(database: Database, untilReached: UntilReached = (action) => action()) {
    this.#database = database;
    this.#untilReached = untilReached;
  }

  /** Lays bytes there, unless they are. @throws Problem 'job-content' where they are too many */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = checksumOf(bytes);
    await this.#untilReached(() => this.#lay(hash, bytes));
    return hash;
  }

  /** @throws Problem 'job-content' where they are not there, or not what was laid there */
  async get(hash: string): Promise<Uint8Array> {
    if (!HASH_PATTERN.test(hash)) throw new Problem('job-content', { cause: phrase('form-format') });
    const pieces: Buffer[] = [];
    for (let piece = 0, wanted = 1; piece < wanted; piece++) {
      const { rows } = await this.#untilReached(() =>
        this.#database.query('SELECT pieces, bytes FROM hindcast.content WHERE hash = $1 AND piece = $2', [
          hash,
          piece,
        ]),
      );
      const [row] = rows;
      if (row === undefined) throw new Problem('job-content', { cause: phrase('content-gone') });
      wanted = Math.min(Number(row['pieces']), MOST_PIECES);
      pieces.push(row['bytes'] as Buffer);
    }
    const bytes = Buffer.concat(pieces);
    if (checksumOf(bytes) !== hash) {
      // Who has the right bytes can lay them there again.
      await this.remove(hash);
      throw new Problem('job-content', { cause: phrase('seal-broken') });
    }
    return bytes;
  }

  async remove(hash: string): Promise<void> {
    await this.#database.query('DELETE FROM hindcast.content WHERE hash = $1', [hash]);
  }

  async #lay(hash: string, bytes: Uint8Array): Promise<void> {
    if (bytes.length <= PIECE_BYTES) await insert(this.#database, hash, bytes);
    else if (!(await this.#isThere(hash)))
      await this.#database.transaction((client) => insert(client, hash, bytes));
  }

  async #isThere(hash: string): Promise<boolean> {
    const { rowCount } = await this.#database.query(
      'UPDATE hindcast.content SET used_at = now() WHERE hash = $1 AND piece = 0',
      [hash],
    );
    return rowCount !== 0;
  }
}

/**
 * Not waited for until it is on the disk: what names these bytes, a job or a result, is written later and waited for, and the disk
 * gets all in this order.
 */
const INSERT = `INSERT INTO hindcast.content (hash, piece, pieces, bytes)
  SELECT $1, $2, $3, $4 FROM set_config('synchronous_commit', 'off', true)
  ON CONFLICT (hash, piece) DO UPDATE SET used_at = now()`;

async function insert(client: Queryable, hash: string, bytes: Uint8Array): Promise<void> {
  const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
  if (pieces > MOST_PIECES) throw new Problem('job-content', { cause: phrase('form-long') });
  for (let piece = 0; piece < pieces; piece++) {
    const part = Buffer.from(bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES));
    await client.query(INSERT, [hash, piece, pieces, part]);
  }
}

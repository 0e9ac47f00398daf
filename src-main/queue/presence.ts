import { z } from 'zod';
import type { Database } from './database';

/** Who is not heard of for so long is taken to be gone. */
const GONE_AFTER_SECONDS = 30;
const MOST_SHOWN = 1000;

const text = z.string().max(200);

/** Who works for a broker or hands work to it, as it says of itself. */
export const memberSchema = z.strictObject({
  role: z.enum(['worker', 'sender']),
  name: text.min(1),
  /** Of Hindcast. */
  version: text,
  /** What computes its LSTMs: 'own' or 'tensorflow'. */
  kernels: text,
  /** Of a worker: 'CPU' or 'GPU'. */
  device: text,
  /** Of a worker: how many it does at a time. */
  jobs: z.number().int().min(0).max(10_000),
  /** Jobs that it has done since it began, and for how long it has been there, in seconds. */
  done: z.number().int().min(0),
  seconds: z.number().min(0),
  /** What it is at: jobs, each with how far it is (0 to 1; null: not known). */
  doing: z.record(text, z.number().min(0).max(1).nullable()),
});
export type Member = z.infer<typeof memberSchema>;

/** Those who are there, as far as what they say of themselves can be read. */
export async function readMembers(database: Database): Promise<readonly Member[]> {
  const { rows } = await database.query(
    `SELECT about FROM hindcast.present WHERE seen_at > now() - make_interval(secs => $1) ORDER BY id LIMIT $2`,
    [GONE_AFTER_SECONDS, MOST_SHOWN],
  );
  return rows.flatMap(({ about }) => {
    const parsed = memberSchema.safeParse(about);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Says that one is there and what it does; to be said again every few seconds. */
export async function sayPresent(database: Database, id: string, about: Member): Promise<void> {
  await database.query(
    `INSERT INTO hindcast.present (id, about) SELECT $1, $2 FROM set_config('synchronous_commit', 'off', true)
      ON CONFLICT (id) DO UPDATE SET about = EXCLUDED.about, seen_at = now()`,
    [id, JSON.stringify(about)],
  );
}

export async function sayGone(database: Database, id: string): Promise<void> {
  await database.query(
    'DELETE FROM hindcast.present WHERE id = $1 OR seen_at < now() - make_interval(secs => $2)',
    [id, GONE_AFTER_SECONDS],
  );
}

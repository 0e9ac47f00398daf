import { Problem } from '../contract/problems';
import type { Contents } from './contents';
import type { Database } from './database';

/** How far a job is, for another worker to go on from. */
export interface JobProgress {
  /** Greater the further it is: of a training its epoch. */
  readonly step: number;
  /** As a worker has laid it there: to be parsed. */
  readonly bytes: Uint8Array;
}

/** Null where nothing was left, or what was left is no longer whole. */
export async function readProgressOf(
  database: Database,
  contents: Contents,
  job: string,
): Promise<JobProgress | null> {
  const { rows } = await database.query('SELECT step, content FROM hindcast.progress WHERE job = $1', [job]);
  const [row] = rows;
  if (row === undefined) return null;
  try {
    return { step: Number(row['step']), bytes: await contents.get(String(row['content'])) };
  } catch (error) {
    if (error instanceof Problem && error.code === 'job-content') return null;
    throw error;
  }
}

/** Takes the place of what was left before, unless that is further: who seemed gone and comes back is behind. */
export async function keepProgress(
  database: Database,
  contents: Contents,
  job: string,
  { step, bytes }: JobProgress,
): Promise<void> {
  const content = await contents.put(bytes);
  const { rows } = await database.query(
    `WITH before AS (SELECT content FROM hindcast.progress WHERE job = $1)
      INSERT INTO hindcast.progress AS known (job, step, content) VALUES ($1, $2, $3)
      ON CONFLICT (job) DO UPDATE SET step = EXCLUDED.step, content = EXCLUDED.content, made_at = now()
        WHERE known.step < EXCLUDED.step
      RETURNING (SELECT content FROM before) AS before`,
    [job, step, content],
  );
  const [row] = rows;
  const needless = row === undefined ? content : row['before'];
  if (typeof needless === 'string' && (row === undefined || needless !== content))
    await contents.remove(needless);
}

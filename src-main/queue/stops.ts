import type { Database } from './database';

/** Says that nobody wants a job any more: who is at it is to leave it. */
export async function askToStop(database: Database, job: string): Promise<void> {
  await database.query('INSERT INTO hindcast.stopped (job) VALUES ($1) ON CONFLICT DO NOTHING', [job]);
}

/** It is wanted again. */
export async function forgetStop(database: Database, job: string): Promise<void> {
  await database.query('DELETE FROM hindcast.stopped WHERE job = $1', [job]);
}

/** Those of these jobs that nobody wants any more, each told once. */
export async function takeStops(database: Database, jobs: readonly string[]): Promise<readonly string[]> {
  if (jobs.length === 0) return [];
  const { rows } = await database.query('DELETE FROM hindcast.stopped WHERE job = ANY($1) RETURNING job', [
    jobs,
  ]);
  return rows.map(({ job }) => String(job));
}

import type { Database } from './database';

export interface JobResult {
  readonly job: string;
  /** As it was handed in: to be parsed. */
  readonly answer: unknown;
  readonly worker: string;
}

/** Keeps a result, unless there is one already: what was handed in first stays. */
export async function keepResult(database: Database, { job, answer, worker }: JobResult): Promise<void> {
  await database.query(
    'INSERT INTO hindcast.result (job, answer, worker) VALUES ($1, $2, $3) ON CONFLICT (job) DO NOTHING',
    [job, JSON.stringify(answer), worker],
  );
}

/** Those of these jobs that there are. */
export async function readResults(
  database: Database,
  jobs: readonly string[],
): Promise<readonly JobResult[]> {
  const { rows } = await database.query(
    'SELECT job, answer, worker FROM hindcast.result WHERE job = ANY($1)',
    [jobs],
  );
  return rows.map(({ job, answer, worker }) => ({ job: String(job), answer, worker: String(worker) }));
}

export async function removeResult(database: Database, job: string): Promise<void> {
  await database.query('DELETE FROM hindcast.result WHERE job = $1', [job]);
}

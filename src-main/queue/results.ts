import type { Database } from './database';

export interface JobResult {
  readonly job: string;
  /** As it was handed in: to be parsed. */
  readonly answer: unknown;
  readonly worker: string;
}

/**
 * Keeps a result, unless there is one already: what was handed in first stays. What was left of the job on its way goes.
 * @param contents those of the result: what was left last may be one of them
 */
export async function keepResult(
  database: Database,
  { job, answer, worker }: JobResult,
  contents: readonly string[],
): Promise<void> {
  await database.query(
    `WITH kept AS (INSERT INTO hindcast.result (job, answer, worker) VALUES ($1, $2, $3) ON CONFLICT (job) DO NOTHING),
      gone AS (DELETE FROM hindcast.progress WHERE job = $1 RETURNING content)
      DELETE FROM hindcast.content WHERE hash IN (SELECT content FROM gone) AND hash <> ALL($4)`,
    [job, JSON.stringify(answer), worker, contents],
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

/** @param contents that go with it */
export async function removeResult(
  database: Database,
  job: string,
  contents: readonly string[] = [],
): Promise<void> {
  await database.query(
    `WITH gone AS (DELETE FROM hindcast.result WHERE job = $1) DELETE FROM hindcast.content WHERE hash = ANY($2)`,
    [job, contents],
  );
}

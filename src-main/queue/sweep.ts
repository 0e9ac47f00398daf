import type { Database } from './database';

/** What nobody has used for so long goes. */
export const KEPT_DAYS = 7;

/** Removes what nobody has used for a week: contents, results that nobody fetched, and what is known of unfinished jobs. */
export async function sweep(database: Database): Promise<void> {
  await database.query(
    `DELETE FROM hindcast.content WHERE hash IN
      (SELECT hash FROM hindcast.content WHERE piece = 0 AND used_at < now() - make_interval(days => $1))`,
    [KEPT_DAYS],
  );
  for (const table of ['result', 'progress', 'stopped']) {
    await database.query(`DELETE FROM hindcast.${table} WHERE made_at < now() - make_interval(days => $1)`, [
      KEPT_DAYS,
    ]);
  }
}

import { randomBytes } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fleetStationSchema } from '../contract/fleet';
import { fleetAskSchema, type KeptFleet } from '../contract/fleet-view';
import { Problem } from '../contract/problems';
import { cannotWrite, isMissing, makeFolder, writeAtomically } from '../files/atomic';
import { readJson } from '../files/bounded';
import { sealed, sealJson } from '../files/sealed';
import { FleetFolder } from './fleet-folder';

const MOST_BYTES = 64 * 1024 * 1024;
const MOST_STATIONS = 20_000;
const FILE_NAME = 'job.json';
const ID_PATTERN = /^[a-z0-9]{1,16}-[a-f0-9]{10}$/;
/** Folders that are being removed. */
const LEAVING = '.deleted-';

/** What a fleet of the window was begun with; what came of its stations stands in its fleet.json. */
const jobSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  paths: z.array(z.string().min(1).max(4096)).min(1).max(MOST_STATIONS),
  ask: fleetAskSchema,
  stations: z.array(fleetStationSchema).min(1).max(MOST_STATIONS),
  /** All its stations were tried. */
  hasEnded: z.boolean(),
  /** The copies among the ordinary runs, by the names of the stations. */
  opened: z.record(z.string(), z.string()),
});
export type FleetJob = z.infer<typeof jobSchema>;

const fileSchema = sealed(
  jobSchema.extend({ format: z.literal('hindcast-fleet-job'), version: z.literal(1) }),
);

/** The fleets of the window: a folder for each, named by its id. */
export class KeptFleets {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Sorts by time, and is never met twice. */
  newId(): string {
    return `${Date.now().toString(36)}-${randomBytes(5).toString('hex')}`;
  }

  /** @throws Problem 'run-missing' for what cannot be an id */
  pathOf(id: string): string {
    if (!ID_PATTERN.test(id)) throw new Problem('run-missing');
    return join(this.#folder, id);
  }

  folderOf(id: string): FleetFolder {
    return new FleetFolder(this.pathOf(id));
  }

  /** @throws Problem 'cannot-write' */
  async write(id: string, job: FleetJob): Promise<void> {
    await makeFolder(this.pathOf(id));
    const whole = { format: 'hindcast-fleet-job', version: 1, ...job };
    await writeAtomically(join(this.pathOf(id), FILE_NAME), sealJson(whole));
  }

  /** @throws Problem 'run-damaged' */
  async read(id: string): Promise<FleetJob> {
    const {
      format: _format,
      version: _version,
      ...job
    } = await readJson(
      join(this.pathOf(id), FILE_NAME),
      fileSchema,
      MOST_BYTES,
      (cause) => new Problem('run-damaged', { name: FILE_NAME, cause }),
    );
    return job;
  }

  /** The newest first; one that cannot be read is left out and left where it is. */
  async list(): Promise<KeptFleet[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw cannotWrite(this.#folder, error);
    });
    const found = await Promise.all(
      names
        .filter((name) => ID_PATTERN.test(name))
        .map(async (id): Promise<KeptFleet[]> => {
          try {
            const { name, createdAt, stations } = await this.read(id);
            return [{ id, name, createdAt, stations: stations.length }];
          } catch {
            return [];
          }
        }),
    );
    return found.flat().sort((a, b) => b.createdAt - a.createdAt);
  }

  /** Removes a fleet with all its runs, finally. @throws Problem 'cannot-write' */
  async remove(id: string): Promise<void> {
    const folder = this.pathOf(id);
    const leaving = join(this.#folder, `${LEAVING}${id}`);
    try {
      // Renamed first: a fleet is there or it is not, never half of it.
      await rename(folder, leaving);
    } catch (error) {
      if (isMissing(error)) return;
      throw cannotWrite(folder, error);
    }
    await rm(leaving, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Removes what a kill left half removed. To be called at a start; never fails. */
  async sweep(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(LEAVING))) {
      await rm(join(this.#folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

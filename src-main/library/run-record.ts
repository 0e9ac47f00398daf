import { z } from 'zod';
import {
  AS_FOUND,
  axisChoices,
  type AxisChoices,
  COLUMN_ROLES,
  DETECT_ALL,
  extremeOfSchema,
  GAP_POLICIES,
  knownAheadSchema,
  type ReadingOptions,
} from '../contract/dataset';
import { keptWarningSchema, MOST_WARNINGS, type KeptWarning } from '../contract/events';
import { measuredSchema, type Measured } from '../contract/measured';
import { MOST_MEMBERS } from '../contract/network';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { QUANTITIES } from '../contract/quantities';
import type { Composite } from '../network';
import { struckSchema } from '../contract/readings';
import { RUN_STATUSES, type RunSummary } from '../contract/runs';
import { instantSchema } from '../contract/series';
import { trainingSettingsSchema } from '../contract/settings';
import { RECORD_VERSION, upgradeRecord } from '../contract/upgrades';

const text = z.string().max(1000);
/** The worker of a broker that trained something; none where it was trained where it lies. */
const workerName = z.string().max(200);

/** A column as it was used, by name, so that a newer file can be read the same way. */
const runColumnSchema = z.strictObject({
  name: text,
  quantity: z.enum(QUANTITIES),
  /** As it stands in the file, and as it is used. */
  unit: text,
  useUnit: text,
  gapPolicy: z.enum(GAP_POLICIES),
  role: z.enum(COLUMN_ROLES),
  /** As in `ColumnChoice`. */
  runningTotal: z.boolean().optional(),
  perStep: z.boolean().optional(),
  struck: struckSchema.optional(),
  kept: struckSchema.optional(),
  /** Only kept where there are several targets: whether this target is an input too. */
  isInput: z.boolean().optional(),
  /** Behind the columns that are read as inputs. */
  extreme: extremeOfSchema.optional(),
  /** Of a column of forecasts, as in `ColumnMapping`; and whether it is the weather service's of the target. */
  knownAhead: knownAheadSchema.omit({ index: true }).optional(),
  isService: z.literal(true).optional(),
});
export type RunColumn = z.infer<typeof runColumnSchema>;

const currentRecordSchema = z.strictObject({
  format: z.literal('hindcast-run'),
  version: z.literal(RECORD_VERSION),
  name: z.string().min(1).max(200),
  createdAt: instantSchema,
  status: z.enum(RUN_STATUSES),
  sourceFile: text,
  /**
   * Those that were used, the inputs in the order in which the network sees them; those that only derived inputs are
   * made from come last, with the role 'ignore'.
   */
  columns: z.array(runColumnSchema).max(10_000),
  ...axisChoices,
  /** The zone that the file was read by, 'Europe/Berlin' where a person named it or '+02:00': newer files are read by it too. */
  zone: z.string().min(1).max(64).optional(),
  /** Hours by which the clock of the forecasts is behind the station's, where nothing in their file tells it. */
  forecastHours: z.number().min(-26).max(26).optional(),
  settings: trainingSettingsSchema,
  epochs: z.number().int().min(0),
  keptEpoch: z.number().int().min(0),
  /** Of each network, where the model is the mean of several; `epochs` and `keptEpoch` are then the largest of theirs. */
  members: z
    .array(
      z.strictObject({
        epochs: z.number().int().min(0),
        keptEpoch: z.number().int().min(0),
        trainedBy: workerName.optional(),
      }),
    )
    .min(2)
    .max(MOST_MEMBERS)
    .optional(),
  /** Of a model that one training gave beside another, for a further target: the run of that training. */
  learnedWith: z.string().max(64).optional(),
  /**
   * Of a model that was trained on the validation part too, as a search does it: the training before, which left that part
   * out. What is learned from errors on the validation part is learned from its errors.
   */
  rehearsal: z
    .strictObject({ settings: trainingSettingsSchema, keptEpoch: z.number().int().min(1) })
    .optional(),
  /** Wall time of the training, without pauses. */
  seconds: z.number().min(0),
  /** What it was trained with. */
  versions: z.record(z.string().max(100), z.string().max(100)),
  trainedBy: workerName.optional(),
  /** null until the test part was scored. */
  measured: measuredSchema.nullable(),
  /** The events that it warns of; earlier versions knew none. */
  warnings: z.array(keptWarningSchema).max(MOST_WARNINGS).default([]),
});
export type RunRecord = Readonly<
  Omit<z.infer<typeof currentRecordSchema>, 'columns' | 'measured' | 'warnings'>
> & {
  readonly columns: readonly RunColumn[];
  readonly measured: Measured | null;
  readonly warnings: readonly KeptWarning[];
};

/** run.json: what is known of a run, besides its numbers. Earlier versions are read as what they meant. */
export const runRecordSchema = z.preprocess(upgradeRecord, currentRecordSchema);

/** What a run starts from. */
export type NewRun = Pick<RunRecord, 'name' | 'sourceFile' | 'columns' | 'settings'> &
  Partial<AxisChoices> &
  Partial<
    Pick<
      RunRecord,
      | 'status'
      | 'epochs'
      | 'keptEpoch'
      | 'members'
      | 'zone'
      | 'forecastHours'
      | 'learnedWith'
      | 'rehearsal'
      | 'measured'
      | 'warnings'
      | 'createdAt'
      | 'versions'
      | 'trainedBy'
    >
  >;

/** A run to be trained, as it comes from another machine: with all that decides what comes of it. */
export const runToTrainSchema = currentRecordSchema
  .pick({ name: true, sourceFile: true, columns: true, settings: true })
  .extend(axisChoices)
  .refine(({ columns }) => columns.filter(({ role }) => role === 'target').length === 1, {
    params: { cause: phrase('no-target') },
  });
export type RunToTrain = z.infer<typeof runToTrainSchema>;

/** Weights that come with a new run. */
export interface RunWeights {
  /** What a model trained elsewhere consists of. */
  readonly trained?: Composite;
  /** Those of its `rehearsal`. */
  readonly rehearsal?: Float32Array;
}

/** What changes while a run is trained. */
export type RunChanges = Partial<
  Pick<
    RunRecord,
    | 'name'
    | 'status'
    | 'settings'
    | 'epochs'
    | 'keptEpoch'
    | 'members'
    | 'learnedWith'
    | 'measured'
    | 'warnings'
    | 'seconds'
    | 'versions'
    | 'trainedBy'
  >
>;

/** How newer files of the station are read: by the same clock, all else as found in them. */
export const readingOf = ({
  zone,
  forecastHours,
}: Pick<RunRecord, 'zone' | 'forecastHours'>): ReadingOptions => ({
  ...DETECT_ALL,
  zone: zone ?? null,
  forecastHours: forecastHours ?? null,
});

export function newRecord(run: NewRun): RunRecord {
  return {
    format: 'hindcast-run',
    version: RECORD_VERSION,
    createdAt: Date.now(),
    status: 'training',
    epochs: 0,
    keptEpoch: 0,
    seconds: 0,
    versions: {},
    measured: null,
    warnings: [],
    ...AS_FOUND,
    ...run,
  };
}

/** @throws Problem 'run-damaged' when it has no target */
export function summariseRecord(id: string, record: RunRecord): RunSummary {
  const target = record.columns.find(({ role }) => role === 'target');
  if (target === undefined)
    throw new Problem('run-damaged', { name: record.name, cause: phrase('no-target') });
  return {
    id,
    name: record.name,
    createdAt: record.createdAt,
    status: record.status,
    sourceFile: record.sourceFile,
    targetName: target.name,
    unit: target.useUnit,
    settings: record.settings,
    epochs: record.epochs,
    keptEpoch: record.keptEpoch,
    members: record.members,
    learnedWith: record.learnedWith,
    scores: record.measured?.scores ?? null,
  };
}

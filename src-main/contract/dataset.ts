import { z } from 'zod';
import type { ForecastJoin } from './forecast-join';
import type { ProblemData } from './problems';
import type { Progress } from './progress';
import { QUANTITIES, type Quantity } from './quantities';
import type { Plan, Subjects } from './plan';
import { struckSchema, type Struck } from './readings';
import { sunSchema } from './sun';
import { instantSchema, type InputName, type TimeStep } from './series';
import type { LeftOut } from './suggestion';
import { type Phrase } from './phrases';

export const GAP_POLICIES = ['linear', 'forward', 'zero', 'leave-out'] as const;
/**
 * What happens where a reading is missing: a straight line between its neighbours (the nearest reading at either end),
 * the last reading, zero, or the row is left out and no window spans it.
 */
export type GapPolicy = (typeof GAP_POLICIES)[number];

/** Inputs that are computed from other columns. */
export const DERIVED_INPUTS = ['dew point', 'pressure tendency', 'daily range', 'wind u/v'] as const;
export type DerivedInput = (typeof DERIVED_INPUTS)[number];

/** Of all readings in one step: the highest or the lowest. */
export const EXTREMES = ['highest', 'lowest'] as const;
export type Extreme = (typeof EXTREMES)[number];
/** A column that is not in the file: an extreme of the one of this name. */
export const extremeOfSchema = z.strictObject({ of: z.string().max(1000), which: z.enum(EXTREMES) });
export type ExtremeOf = z.infer<typeof extremeOfSchema>;
const SHORT_EXTREMES = { highest: 'max', lowest: 'min' } as const satisfies Record<Extreme, string>;

/** What a column's extreme is called among the variables: in short, which every language reads. */
export const nameOfExtreme = (column: string, extreme: Extreme): string =>
  `${column} ${SHORT_EXTREMES[extreme]}`;

/** 'also-target': forecast by the same network as the target. */
export const COLUMN_ROLES = ['time', 'target', 'also-target', 'feature', 'ignore'] as const;
export const MOST_ALSO_TARGETS = 7;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** The encodings that can be chosen, by the names that a summary tells. */
export const ENCODINGS = [
  'UTF-8',
  'UTF-16LE',
  'UTF-16BE',
  'CP949',
  'windows-1250',
  'windows-1252',
  'Shift_JIS',
  'GB18030',
  'Big5',
] as const;
/** A blank stands for columns that are split by runs of blanks or stand at fixed places. */
export const DELIMITERS = [',', ';', '\t', '|', ' '] as const;

/** How a file is to be read; null: as found in the file itself. */
export const readingOptionsSchema = z.strictObject({
  encoding: z.enum(ENCODINGS).nullable(),
  delimiter: z.enum(DELIMITERS).nullable(),
  decimal: z.enum(['.', ',']).nullable(),
  /** 1-based line of the column names; 0: there is none. */
  headerLine: z.number().int().min(0).max(100_000).nullable(),
  /** One of `DatasetSummary.dateFormats`. */
  dateFormat: z.string().min(1).max(60).nullable(),
  /**
   * An IANA zone such as 'Europe/Berlin': clock times of the file are of that zone with its summer time, instants (Unix
   * seconds, times with an offset) are expressed in it. Either way the time axis is the zone's standard time all year. Or an
   * offset such as '+02:00', which instants alone are expressed in.
   */
  zone: z.string().min(1).max(64).nullable(),
  /** Cells that mean "no reading", instead of the usual words and sentinels; an empty cell always does. */
  missingWords: z.array(z.string().max(40)).max(50).nullable(),
  /** One of `DatasetSummary.stations`; null: the one with the most rows. */
  station: z.string().min(1).max(200).nullable().default(null),
  /** The files, by their names, that hold forecasts of a weather service and no readings. */
  forecasts: z.array(z.string().min(1).max(400)).max(200).nullable().default(null),
  /** Hours that are added to the times of the forecasts, so that they are of the station's clock. */
  forecastHours: z.number().min(-26).max(26).nullable().default(null),
});
export type ReadingOptions = z.infer<typeof readingOptionsSchema>;

/** Everything as found in the file. */
export const DETECT_ALL: ReadingOptions = {
  encoding: null,
  delimiter: null,
  decimal: null,
  headerLine: null,
  dateFormat: null,
  zone: null,
  missingWords: null,
  station: null,
  forecasts: null,
  forecastHours: null,
};

const columnIndex = z.number().int().min(0).max(9_999);
const unitText = z.string().max(40);
export const columnChoiceSchema = z.strictObject({
  index: columnIndex,
  quantity: z.enum(QUANTITIES),
  /** As it stands in the file. */
  unit: unitText,
  /** As it is to be used, in training and on the screen. */
  useUnit: unitText,
  gapPolicy: z.enum(GAP_POLICIES),
  /** Whether an amount (rain) counts on until it is set back, and so is not to be added up; found out when left out. */
  runningTotal: z.boolean().optional(),
  /** Whether what fell in each step is taken of it instead of the count; so it is when left out, but of a target. */
  perStep: z.boolean().optional(),
  /** None where left out. */
  struck: struckSchema.optional(),
  /**
   * Where readings count whatever they look like. Left out, as in what was kept before spikes and stuck runs were taken out:
   * those count, and what is out of range does not.
   */
  kept: struckSchema.optional(),
});
export type ColumnChoice = z.infer<typeof columnChoiceSchema>;

/** Most steps from the issue of a forecast to its valid time. */
const MOST_STEPS_AHEAD = 400;
/** A column that holds forecasts, as of a weather service: what is known ahead. */
export const knownAheadSchema = z.strictObject({
  index: columnIndex,
  /**
   * The row that a forecast stands in: that of its issue, or that of its valid time. 'run': it is of a file of forecasts
   * that was joined, in which each has its own issue.
   */
  row: z.enum(['issue', 'valid', 'run']),
  /**
   * From issue to valid time: in the row of its valid time a forecast was known so many steps before. Of a joined file
   * the lead times that are used, each with the newest forecast that was issued by then.
   */
  steps: z.number().int().min(1).max(MOST_STEPS_AHEAD),
});
export type KnownAhead = z.infer<typeof knownAheadSchema>;

/** Holes of several stations that are longer are not filled: their records may be of some seasons alone. */
export const GAP_LIMIT_OF_STATIONS = 3;

/** How the regular time axis is made; what is left out is as found, so that what was kept before reads on. */
export const axisChoices = {
  /** Seconds from row to row, `MONTH_SECONDS` for calendar months; null: the usual step of the file. */
  stepSeconds: z.number().min(1).max(31_622_400).nullable().default(null),
  /** Most steps that a hole may have to be filled; a longer one splits the series. null: every hole is filled. */
  gapLimit: z.number().int().min(0).max(5_000_000).nullable().default(null),
  /** Inputs computed from other columns; they come after the others, in this order. */
  derived: z.array(z.enum(DERIVED_INPUTS)).max(DERIVED_INPUTS.length).default([]),
  /** The sun as inputs, behind those; null: without. */
  sun: sunSchema.nullable().default(null),
} as const;

const axisChoicesSchema = z.strictObject(axisChoices);
export type AxisChoices = z.infer<typeof axisChoicesSchema>;
/** The axis of the file itself, every hole filled, nothing derived. */
export const AS_FOUND: AxisChoices = axisChoicesSchema.parse({});

/** Which column is what. The target may be an input too (yesterday's temperature helps with today's). */
export const columnMappingSchema = z.strictObject({
  time: columnIndex,
  target: columnIndex,
  /** Further targets, which the same network learns to forecast. */
  alsoTargets: z.array(columnIndex).max(MOST_ALSO_TARGETS).default([]),
  /**
   * What is forecast of the target's readings in each step, in place of what they are made to; the first is the target,
   * the other a further one. Both extremes are inputs. On the step of the file itself there are none.
   */
  extremes: z.array(z.enum(EXTREMES)).min(1).max(EXTREMES.length).optional(),
  /** Readings as they are in the file: neither those that no weather gives are missing, nor those that were taken out. */
  asRead: z.literal(true).optional(),
  /** The inputs in the order in which the network sees them. */
  inputs: z.array(columnIndex).min(1).max(200),
  columns: z.array(columnChoiceSchema).min(1).max(10_000),
  /** Those of the inputs that hold forecasts. */
  knownAhead: z.array(knownAheadSchema).max(200).optional(),
  /** Those of them that are the weather service's forecast of the target. */
  service: z.array(columnIndex).min(1).max(200).optional(),
  /** The column that tells stations apart: all of them are learned from, as one. */
  station: columnIndex.optional(),
  /** First and last instant used, both included; null: all. As `Series.time`. */
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
  ...axisChoices,
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

/** How one column is read, as the mapping has it. */
export const columnReadingSchema = columnMappingSchema
  .pick({ time: true, gapLimit: true })
  .extend({ choice: columnChoiceSchema });
export type ColumnReading = z.infer<typeof columnReadingSchema>;

/**
 * The mapping with no more lead times of forecasts than are forecast: further ones would only cost windows. The sun is that of
 * the last of them.
 */
export function withinHorizon(mapping: ColumnMapping, horizon: number): ColumnMapping {
  const { knownAhead, sun } = mapping;
  const own = sun === null ? mapping : { ...mapping, sun: { ...sun, ahead: horizon } };
  if (knownAhead === undefined) return own;
  const cut = knownAhead.map((each) =>
    each.row === 'issue' ? each : { ...each, steps: Math.min(each.steps, horizon) },
  );
  return { ...own, knownAhead: cut };
}

/** The columns to be forecast, the target first. */
export const targetsOf = ({ target, alsoTargets }: ColumnMapping): readonly number[] => [
  ...new Set([target, ...alsoTargets]),
];

/** What was taken out of the columns, by their places: none where nothing was. */
export type StruckByColumn = ReadonlyMap<number, Struck>;

export const struckOf = ({ columns }: Pick<ColumnMapping, 'columns'>): StruckByColumn =>
  new Map(columns.flatMap(({ index, struck }) => (struck === undefined ? [] : [[index, struck]])));

/** The mapping with these taken out and nothing else; columns that it does not list are passed over. */
export function withStruck(mapping: ColumnMapping, struck: StruckByColumn): ColumnMapping {
  const columns = mapping.columns.map(({ struck: _before, ...choice }) => {
    const spans = struck.get(choice.index) ?? [];
    return spans.length === 0 ? choice : { ...choice, struck: [...spans] };
  });
  return { ...mapping, columns };
}

/** What counts in the columns whatever it looks like, by their places: none where nothing was kept. */
export const keptOf = ({ columns }: Pick<ColumnMapping, 'columns'>): StruckByColumn =>
  new Map(columns.flatMap(({ index, kept = [] }) => (kept.length === 0 ? [] : [[index, kept]])));

/** The mapping with these kept and nothing else; a column from before there was a choice stays so where none of it is kept. */
export function withKept(mapping: ColumnMapping, kept: StruckByColumn): ColumnMapping {
  const columns = mapping.columns.map((choice) => {
    const spans = kept.get(choice.index) ?? [];
    return choice.kept === undefined && spans.length === 0 ? choice : { ...choice, kept: [...spans] };
  });
  return { ...mapping, columns };
}

export function roleOf(mapping: ColumnMapping, index: number): ColumnRole {
  if (index === mapping.time) return 'time';
  if (index === mapping.target) return 'target';
  if (mapping.alsoTargets.includes(index)) return 'also-target';
  return mapping.inputs.includes(index) ? 'feature' : 'ignore';
}

export interface Histogram {
  /** Left edge of the first bin and right edge of the last; bins are equally wide. */
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** A larger share of readings outside what there is means another quantity or unit, not readings gone wrong. */
const MOST_OUTLIERS = 0.05;

/** Whether readings outside the physical range are taken as missing: few of a column, which so are errors. */
export function outliersAreMissing({ count, outOfRange }: { count: number; outOfRange: number }): boolean {
  return outOfRange > 0 && outOfRange <= MOST_OUTLIERS * count;
}

/** One column of the file as it was read, in the unit of the file. */
export interface ColumnReport {
  readonly index: number;
  readonly name: string;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly role: ColumnRole;
  /** Numbers read. */
  readonly count: number;
  /** Empty cells and words for missing. */
  readonly missing: number;
  /** Cells that hold text which is neither a number nor a word for missing, and the first such cell. */
  readonly words: number;
  readonly firstWord: { readonly line: number; readonly text: string } | null;
  /** Numbers outside the quantity's physical range. */
  readonly outOfRange: number;
  /** An amount (rain) that counts on until it is set back, as since midnight. */
  readonly runningTotal: boolean;
  /** Numbers such as -9999 that stand for "no reading"; among `missing`. */
  readonly sentinels: number;
  /** The longest run of one and the same value, where it is longer than the quantity stays the same by itself. */
  readonly stuck: { readonly value: number; readonly count: number; readonly line: number } | null;
  /** Changes from one reading to the next that are faster than the quantity changes, and the first of them. */
  readonly jumps: number;
  readonly firstJump: { readonly line: number; readonly from: number; readonly to: number } | null;
  /** Readings that jump away and come back, and those of stuck runs, that count as missing where nothing is kept. */
  readonly spikesTaken: number;
  readonly stuckTaken: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  /** At most 120 means over equal stretches of rows, null where nothing was read: for a spark line. */
  readonly spark: readonly (number | null)[];
  readonly histogram: Histogram | null;
}

/** With more words among what stands in its cells a column is one of words: a few odd cells are missing readings. */
const MOST_ODD_CELLS = 0.2;

/** Whether a column holds words rather than numbers. */
export function holdsWords({ count, words }: Pick<ColumnReport, 'count' | 'words'>): boolean {
  return words > MOST_ODD_CELLS * (count + words);
}

/** A hole in the time axis: rows that should be between two readings and are not. */
export interface Gap {
  /** The reading before and the reading after the hole. */
  readonly from: number;
  readonly to: number;
  readonly missingSteps: number;
}

/** What was found in a file: all that the Data screen and `hindcast inspect` show. */
export interface DatasetSummary {
  readonly id: string;
  readonly fileName: string;
  /** The absolute path, or null for a bundled sample. */
  readonly path: string | null;
  readonly bytes: number;
  readonly rows: number;
  /** The reader that knew the file, and why, for people. */
  readonly format: { readonly id: string; readonly label: Phrase; readonly reasons: readonly Phrase[] };
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** 1-based line of the header; 0 where there is none. */
  readonly headerLine: number;
  readonly time: {
    readonly column: number;
    /** The columns that make up the time, such as date and clock or year, month and day; `column` is the first. */
    readonly parts: readonly number[];
    readonly format: string;
    readonly zone: string | null;
  } | null;
  readonly range: { readonly from: number; readonly to: number } | null;
  /** The usual step and the share (0 to 1) of steps that are exactly it. */
  readonly step: (TimeStep & { readonly exactShare: number }) | null;
  readonly duplicateTimes: number;
  readonly unsortedRows: number;
  /** The longest gaps, at most 100, in order of time; `gapCount` counts all. */
  readonly gaps: readonly Gap[];
  readonly gapCount: number;
  readonly columns: readonly ColumnReport[];
  /** What the user should know; none of these stops the import. */
  readonly problems: readonly ProblemData[];
  /** The guess that the Columns screen starts with; null where no column can be the time or the target. */
  readonly suggestion: ColumnMapping | null;
  /** The columns that are not suggested as inputs, in the order of the file, each with its one reason. */
  readonly leftOut: readonly LeftOut[];
  /** The columns that questions are about; null without a suggestion. */
  readonly subjects: Subjects | null;
  /** The question that the suggestion answers, and what it makes of the settings; null without a suggestion. */
  readonly plan: Plan | null;
  /** Why nothing can be learned from it whatever is chosen, and what would help; null: something can, or all is unknown. */
  readonly shortage: ProblemData | null;
  /** As asked for. */
  readonly options: ReadingOptions;
  /** The first lines as they stand in the file, each cut at 400 characters; of several files those of the first. */
  readonly head: readonly string[];
  /** The date formats in which the time could be read, the one taken first. */
  readonly dateFormats: readonly string[];
  /** The files that were joined, in order of time; one for a single file. */
  readonly files: readonly { readonly fileName: string; readonly rows: number }[];
  /** Rows of joined files left out because a file before has that time. */
  readonly overlaps: number;
  /** Where the file holds readings of several stations: their names, that of the rows taken first; else empty. */
  readonly stations: readonly string[];
  /** The columns that hold forecasts, by their names or since their file was joined, and how far ahead they are known. */
  readonly knownAhead: readonly KnownAhead[];
  /** Where files of forecasts were joined to the readings. */
  readonly forecasts: ForecastJoin | null;
}

export const SAMPLES = ['seattle', 'seoul-synthetic', 'seattle-forecasts'] as const;
export type SampleId = (typeof SAMPLES)[number];

/** A page of the preview table: cells as they stand in the file (numbers may be shown in their shortest form). */
export interface RowsPage {
  readonly from: number;
  readonly rows: readonly (readonly string[])[];
}

export interface ReadingProgress extends Progress {
  /** Read so far. */
  readonly rows: number;
}

/** The course of the target in few numbers: its lowest and highest in equally long stretches; null where nothing was read. */
export interface TargetOutline {
  /** Times of the first and the last reading, as `Series.time`. */
  readonly from: number;
  readonly to: number;
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** What a mapping and the settings make of a data set: the shapes the Model screen shows. */
export interface PreparationSummary {
  readonly rows: number;
  /** Values filled by the gap policy, by variable. */
  readonly filled: readonly { readonly name: string; readonly count: number }[];
  /** The inputs as the network sees them, calendar inputs last. */
  readonly inputNames: readonly InputName[];
  /** [windows, window length, inputs] */
  readonly windowsShape: readonly [number, number, number];
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** How many of the windows a filled gap tells what was read only later: none, unless the settings keep such windows. */
  readonly toldByLater: number;
  /** Target times: the first and the last of each part. */
  readonly parts: Readonly<Record<'train' | 'validation' | 'test', { from: number; to: number } | null>>;
  readonly outline: TargetOutline;
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly parameterCount: number;
}

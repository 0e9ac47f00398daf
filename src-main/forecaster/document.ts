import { z } from 'zod';
import {
  axisChoices,
  COLUMN_ROLES,
  extremeOfSchema,
  GAP_POLICIES,
  knownAheadSchema,
} from '../contract/dataset';
import { combinationSchema } from '../contract/combination';
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, type ExportFormat } from '../contract/export-formats';
import { calibratedIntervalsSchema, type IntervalCalibration } from '../contract/intervals';
import { warningsDocumentSchema } from './warnings-document';
import { eventModelSchema, type EventModel } from '../contract/probability';
import { QUANTITIES } from '../contract/quantities';
import { struckSchema } from '../contract/readings';
import { instantSchema, type Series } from '../contract/series';
import { scoresSchema } from '../contract/score-schema';
import { MOST_MEMBERS } from '../contract/network';
import { PINBALL_QUANTILES, quantilesLearned, SETTINGS, trainingSettingsSchema } from '../contract/settings';
import { checksumOf } from '../files/sealed';
import { rowWidth } from '../network';
import { calendarNames, calendarOf, type Calendar } from '../series';
import type { Forecaster } from './forecaster';
import { formOf, weightCount, weightLayout } from './weights';
import { causeOfIssues } from '../contract/schema-cause';
import { phrase } from '../contract/phrases';

export const WEIGHTS_FILE = 'weights.bin';
export const SERIES_FILE = 'series.csv';
export const FORECASTER_FILE = 'forecaster.json';
export const README_FILE = 'README.txt';
/** Of the only format that there was up to version 2. */
const earlierModelFile = EXPORT_FORMATS.tfjs.model;

/** The mark of what Hindcast exported. */
export const FORECASTER_FORMAT = 'hindcast-forecaster';
/**
 * Version 3 may hold the model in several formats, with the hash of each of their files. Version 2 held a TensorFlow.js model
 * alone; it knows its own content by `contentSha256`, and model.json by its hash; it wrote names that spreadsheets take for
 * formulas as texts into series.csv. Version 1 had none of these; it is still opened, with the checks that it allows:
 * hashes of weights.bin and series.csv, keys that must agree, scalers that must be those of the readings.
 */
const DOCUMENT_VERSION = 3;

/** Bounds of what is read back: generous for what Hindcast writes, small for what a hostile file could ask for. */
const MOST_ROWS = 5_000_000;
const MOST_VARIABLES = 201;
/** Calendar inputs. */
const mostCalendar = 2 * SETTINGS.yearHarmonics.max + 2;
const mostInputs = MOST_VARIABLES + mostCalendar;
const mostWeights = MOST_MEMBERS * (3 * SETTINGS.layers.max + 2) + 8;
const MOST_SERIES_BYTES = 256 * 1024 * 1024;
const MOST_FILE_BYTES = 2 ** 31;
const MOST_FILES = 2 * EXPORT_FORMAT_NAMES.length + 1;

/** What each key means, for those who forecast with the files in another program. */
const ABOUT = {
  inputs:
    'What the network sees at each step of the window, oldest step first: these variables in this order, in these units, then the calendar inputs.',
  calendar:
    'year: sine and cosine of 2 pi k d / 365.2425 for k = 1 up to harmonics, d the days since 1 January 00:00 with their fraction; day: sine and cosine of 2 pi h / 24, h the hours since midnight. Both by the station clock.',
  columns:
    'Of the file of readings. A wind direction among the inputs is seen as its components: wind u and v (m/s, to the east and to the north), or its sine and cosine. perStep: of a runningTotal what fell in each step is taken, else the count itself. struck: from and to of readings that a person took out, which counted as missing. knownAhead: it holds forecasts, of a row of its issue for steps later, or (valid) in the row of their time, known so many steps before, from which an input NAME +1, NAME +2, ... is made for each lead time: what is known in a row of the time 1, 2, ... steps later. isService: of the target, by a weather service; the means of its last errors, forecast less observation, are then inputs, service error 1, 3, 7, 20, 60: of so many forecasts (beyond the last one of so many days, where readings come more than once a day) that could be verified by the row.',
  kept: 'Of a column: from and to of readings that counted whatever they looked like. Where it stands all other spikes and stuck runs counted as missing, without it none did.',
  stepSeconds: 'Step that the readings were resampled to; null: their own.',
  gapLimit: 'Longest hole, in steps, that was filled; null: every one was.',
  derived: 'Inputs computed from other columns; they stand behind those read.',
  sun: 'null: none. Else two inputs behind those, of the time ahead steps after the row, from the place and the clock, which is utcOffset hours ahead of UTC: below a step of a day the height of the sun (degrees, by the formulas of the NOAA solar calculator, without refraction) and the clear-sky radiation (1098 s exp(-0.059 / s), s the sine of the height, 0 where it is not above 0); else the length of the day (hours, from sunrise to sunset at -0.833 degrees) and the mean of that radiation over the day, every half hour from 0:15 on.',
  inputScalers: 'scaled = (value - mean) / scale, one for each input, calendar inputs included.',
  targetScaler: 'value = scaled * scale + mean, for each output.',
  window: 'Steps the network looks back on.',
  horizon: 'Lead times: the target 1, 2, ... steps after the window.',
  quantiles:
    'null: one output a lead time. Otherwise the outputs are these quantiles of lead time 1, then of lead time 2, and so on; where they cross they are to be sorted; 0.5 is the forecast, and intervals start from the others instead of from the forecast.',
  network:
    'ahead, if it is there: the network goes on through the lead times. At each step it sees the features (known counts them), then lead / horizon, 0 within the window. A feature with known 0 is the input at its place in byRow.columns, within the window alone. Another is a forecast: at lead time L, up to known, the input byRow.columns[feature][L - 1] of the newest row of the window. What is not seen is 0, scaled. The dense layer gives the outputs of each lead time from the state of its own step.',
  members: 'Networks of this shape, each trained from a seed of its own; the mean of their outputs is taken.',
  lstmShare: 'That mean is multiplied by it (where it is not 1, by the matrix share/kernel).',
  linear:
    'Whether linear/kernel times the scaled window (its steps one after another, oldest first) plus linear/bias is added.',
  event:
    'Of at least threshold (in the unit of the target) at each lead time: probability = 1 / (1 + exp(-sum)), sum = intercept + weights times what is seen: the newest rows of the scaled window, one after another, oldest first; then for each of these rows, for each of the amounts (input: its place among inputs), log(1 + amount / scale), 0 where it is below 0, and 1 where it is above least, else 0, both of the reading in its unit. null unless the target is rain.',
  warnings:
    'Events: over the lead times up to lead the lowest, highest or sum of column, its value there, or its change from the last reading to there (of) is on that side (comparison) of threshold, in the unit of the column. Of errors: the same of the forecast, and these errors around it, at the levels 0.025, 0.05, 0.1, 0.15 and so on to 0.95, 0.975. Of logistic: as in event, with one lead time. calibration: log odds = intercept + slope x log odds of that. It is warned of above cost / loss, or 0.5. Empty where nothing is warned of; the files of formats do not hold it.',
  combination:
    'The shares of the LSTM and of the straight-line models beside it (together the linear part), and the errors on the validation part, in the unit of the target; null for an LSTM alone. lstmShare and linear hold it already.',
  weights:
    'Float32, little-endian, row-major, one after another as in layout. LSTM gates in the order input, forget, candidate, output; sigmoid gates, tanh candidate.',
  formats:
    'In which formats the model lies beside. All but one hold the whole forecaster: readings in their units to the forecast in its unit. tfjs is the bare network: scaled [n, window, inputs] to scaled [n, horizon] (or [n, horizon x quantiles]).',
  files: 'The files of those formats, each with an example that forecasts with it, and README.txt.',
  series:
    'The readings trained on: time of the station clock, values, and which of them were filled. lead: a forecast, of the time so many steps later; service: those of them that are the forecast of the target by a weather service, at lead time 1, 2, and so on.',
  scores: 'On the held-back newest part, in the unit of the target.',
  intervals:
    'At each lead time and level (50, 80, 95 per cent): low = forecast + spread x low offset, high likewise, in the unit of the target, cut off at what the quantity can be. spread = exp(season[0] sin a + season[1] cos a), a = 2 pi d / 365.2425 as in calendar, for the time that is forecast; 1 where season is null. coverage: share of the observations of the held-back part that were inside. steps: how far an end moves outwards times (1 - tail) at a miss, inwards times tail otherwise, with tail = (1 - level / 100) / 2.',
  contentSha256:
    'SHA-256 of this document without this key: as JSON in UTF-8 with sorted keys, without blanks, numbers as JavaScript writes them.',
  time: 'Times are milliseconds since 1970 of the station clock, read as if it were UTC; createdAt alone is UTC.',
} as const;

const text = z.string().max(1000);
const unit = z.string().max(100);
const count = (most: number) => z.number().int().min(0).max(most);
const leadCount = count(SETTINGS.horizon.max);
const aheadSchema = z.strictObject({
  horizon: leadCount,
  known: z.array(leadCount).min(1).max(mostInputs),
  byRow: z.strictObject({
    width: count(mostInputs),
    columns: z.array(z.array(count(mostInputs)).min(1).max(SETTINGS.horizon.max)).max(mostInputs),
  }),
});
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const variable = z.strictObject({ name: text, quantity: z.enum(QUANTITIES), unit });
const scaler = z.strictObject({ mean: z.number(), scale: z.number().positive() });
const documentSchema = z
  .strictObject({
    format: z.literal(FORECASTER_FORMAT),
    version: z.union([z.literal(1), z.literal(2), z.literal(DOCUMENT_VERSION)]),
    about: z.record(z.string().max(100), text),
    createdAt: z.iso.datetime(),
    source: z.strictObject({
      fileName: text,
      rows: count(MOST_ROWS),
      from: instantSchema,
      to: instantSchema,
    }),
    step: z.strictObject({ seconds: z.number().positive(), label: z.string().max(100) }),
    target: variable,
    inputs: z.array(variable).min(1).max(MOST_VARIABLES),
    columns: z
      .array(
        z.strictObject({
          name: text,
          quantity: z.enum(QUANTITIES),
          unit,
          useUnit: unit,
          gapPolicy: z.enum(GAP_POLICIES),
          role: z.enum(COLUMN_ROLES),
          runningTotal: z.boolean().optional(),
          perStep: z.boolean().optional(),
          struck: struckSchema.optional(),
          kept: struckSchema.optional(),
          extreme: extremeOfSchema.optional(),
          knownAhead: knownAheadSchema.omit({ index: true }).optional(),
          isService: z.literal(true).optional(),
        }),
      )
      .max(10_000),
    ...axisChoices,
    window: count(SETTINGS.window.max),
    horizon: count(SETTINGS.horizon.max),
    quantiles: z.array(z.number().gt(0).lt(1)).max(PINBALL_QUANTILES.length).nullable(),
    calendar: z.strictObject({
      year: z.boolean(),
      // Exports of earlier versions have one.
      harmonics: z.number().int().min(1).max(SETTINGS.yearHarmonics.max).default(1),
      day: z.boolean(),
    }),
    inputScalers: z.array(scaler).max(mostInputs),
    targetScaler: scaler,
    network: z.strictObject({
      inputs: count(mostInputs),
      hidden: count(SETTINGS.hidden.max),
      layers: count(SETTINGS.layers.max),
      outputs: count(SETTINGS.horizon.max * PINBALL_QUANTILES.length),
      ahead: aheadSchema.optional(),
    }),
    members: z.number().int().min(1).max(MOST_MEMBERS),
    lstmShare: z.number().min(-10).max(10),
    linear: z.boolean(),
    settings: trainingSettingsSchema,
    seed: count(SETTINGS.seed.max),
    epochs: count(SETTINGS.epochs.max),
    keptEpoch: count(SETTINGS.epochs.max),
    versions: z.record(z.string().max(100), z.string().max(200)),
    scores: scoresSchema.nullable(),
    intervals: calibratedIntervalsSchema.nullable(),
    combination: combinationSchema.nullable(),
    event: eventModelSchema.nullable(),
    /** Exports of before there were any have none. */
    warnings: warningsDocumentSchema.default([]),
    weights: z.strictObject({
      file: z.literal(WEIGHTS_FILE),
      bytes: z.number().int().positive(),
      sha256,
      layout: z
        .array(z.strictObject({ name: text, shape: z.array(count(1e6)).max(2), offset: count(1e9) }))
        .max(mostWeights),
    }),
    /** Up to version 2. */
    model: z
      .strictObject({
        file: z.literal(earlierModelFile),
        format: z.literal('tfjs-layers-model'),
        bytes: z.number().int().positive().optional(),
        sha256: sha256.optional(),
      })
      .optional(),
    formats: z.array(z.enum(EXPORT_FORMAT_NAMES)).max(EXPORT_FORMAT_NAMES.length).optional(),
    files: z
      .array(z.strictObject({ file: z.string().max(100), bytes: count(MOST_FILE_BYTES), sha256 }))
      .max(MOST_FILES)
      .optional(),
    series: z.strictObject({
      file: z.literal(SERIES_FILE),
      bytes: count(MOST_SERIES_BYTES),
      sha256,
      rows: count(MOST_ROWS),
      variables: z
        .array(variable.extend({ lead: leadCount.min(1).optional() }))
        .min(1)
        .max(MOST_VARIABLES),
      inputs: z
        .array(count(MOST_VARIABLES - 1))
        .min(1)
        .max(MOST_VARIABLES),
      target: count(MOST_VARIABLES - 1),
      service: z
        .array(count(MOST_VARIABLES - 1))
        .min(1)
        .max(SETTINGS.horizon.max)
        .optional(),
    }),
    contentSha256: sha256.optional(),
  })
  .superRefine((document, context) => {
    for (const [path, agrees] of agreements(document)) {
      if (!agrees)
        context.addIssue({ code: 'custom', path: [path], params: { cause: phrase('other-keys') } });
    }
  });

export type ForecasterDocument = z.infer<typeof documentSchema>;

/** forecaster.json, as it was written: whatever was edited since is noticed. */
export const writtenDocumentSchema = z.unknown().transform((value, context): ForecasterDocument => {
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) {
    context.addIssue({ code: 'custom', params: { cause: causeOfIssues(parsed.error.issues) } });
    return z.NEVER;
  }
  const { contentSha256 } = parsed.data;
  if (contentSha256 !== undefined && contentSha256 !== hashOfContent(value)) {
    context.addIssue({
      code: 'custom',
      path: ['contentSha256'],
      params: { cause: phrase('document-edited') },
    });
  }
  return parsed.data;
});

/** @param document plain JSON; its own hash does not count */
function hashOfContent(document: unknown): string {
  const { contentSha256: _own, ...content } = document as Record<string, unknown>;
  return checksumOf(JSON.stringify(content, (_key, value: unknown) => withSortedKeys(value)));
}

function withSortedKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What must agree within the document, by the key that is blamed. */
function agreements(document: ForecasterDocument): readonly (readonly [key: string, agrees: boolean])[] {
  const { settings, network, series, inputs, calendar, intervals, event, model, version } = document;
  const { ahead } = network;
  const width = rowWidth(network);
  const { formats, files } = document;
  const isMarked = (hash: string | undefined): boolean => version > 1 === (hash !== undefined);
  const names = formats === undefined ? [] : filesOfFormats(formats);
  const eventFits = ({ rows, byLead, amounts }: Omit<EventModel, 'threshold'>, leads: number): boolean =>
    rows <= document.window &&
    byLead.length === leads &&
    amounts.every(({ input }) => input < inputs.length) &&
    byLead.every(({ weights }) => weights.length === rows * (width + 2 * amounts.length));
  const each = document.quantiles?.length ?? 1;
  const bothLong = ({ offsets, steps }: IntervalCalibration, horizon: number): boolean =>
    offsets.length === horizon && steps.length === horizon;
  const sameName = (index: number | undefined, name: string): boolean =>
    index !== undefined && series.variables[index]?.name === name;
  return [
    ['contentSha256', isMarked(document.contentSha256)],
    ['model', version === 3 ? model === undefined : model !== undefined && isMarked(model.sha256)],
    ['model', (model?.sha256 === undefined) === (model?.bytes === undefined)],
    ['formats', (version === 3) === (formats !== undefined)],
    ['files', sameTexts(files?.map(({ file }) => file) ?? [], names)],
    ['window', document.window === settings.window],
    ['horizon', document.horizon === settings.horizon && network.outputs === document.horizon * each],
    ['quantiles', JSON.stringify(document.quantiles) === JSON.stringify(quantilesLearned(settings))],
    ['seed', document.seed === settings.seed],
    ['keptEpoch', document.keptEpoch <= document.epochs],
    ['calendar', calendarsAgree(calendar, calendarOf(settings))],
    ['network', network.hidden === settings.hidden && network.layers === settings.layers],
    ['inputs', width === inputs.length + calendarNames(calendar).length],
    ['inputScalers', width === document.inputScalers.length],
    [
      'network',
      ahead === undefined || (ahead.horizon === document.horizon && ahead.known.length === network.inputs),
    ],
    ['weights', document.weights.bytes === weightCount(document) * Float32Array.BYTES_PER_ELEMENT],
    ['source', document.source.rows === series.rows],
    ['event', event === null || eventFits(event, document.horizon)],
    [
      'warnings',
      document.warnings.every(
        ({ event: { column, lead }, learned: { fit } }) =>
          lead <= document.horizon &&
          series.variables.some(({ name }) => name === column) &&
          (fit.errors === null || column === document.target.name) &&
          (fit.logistic === null || eventFits(fit.logistic, 1)),
      ),
    ],
    ['intervals', intervals === null || bothLong(intervals.calibration, document.horizon)],
    [
      'series',
      series.inputs.length === inputs.length &&
        inputs.every(({ name }, index) => sameName(series.inputs[index], name)) &&
        sameName(series.target, document.target.name),
    ],
  ];
}

/** The files that an export in these formats has beside those that every export has. */
export function filesOfFormats(formats: readonly ExportFormat[]): readonly string[] {
  const own = formats.flatMap((format) => [EXPORT_FORMATS[format].model, EXPORT_FORMATS[format].example]);
  return [...own, README_FILE];
}

const sameTexts = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, index) => text === others[index]);

/** The files of an export that hold its model, in whatever form, with what the document knows of them. */
export function modelFiles({ model, formats, files }: ForecasterDocument): ReadonlyMap<string, FileMark> {
  const models = new Map<string, FileMark>();
  const { bytes, sha256: hash } = model ?? {};
  if (bytes !== undefined && hash !== undefined) models.set(earlierModelFile, { bytes, sha256: hash });
  const names: readonly string[] = (formats ?? []).map((format) => EXPORT_FORMATS[format].model);
  for (const { file, ...mark } of files ?? []) if (names.includes(file)) models.set(file, mark);
  return models;
}

const calendarsAgree = (one: Calendar, other: Calendar): boolean =>
  one.year === other.year && one.harmonics === other.harmonics && one.day === other.day;

/** A file of an export as the document knows it. */
export interface FileMark {
  readonly bytes: number;
  readonly sha256: string;
}

/** The document of a forecaster, with its own hash: plain JSON. */
export function describeForecaster(
  forecaster: Forecaster,
  series: Series,
  files: Readonly<Record<'weights' | 'series', FileMark>>,
  beside: {
    readonly formats: readonly ExportFormat[];
    readonly files: readonly ({ readonly file: string } & FileMark)[];
  },
): object {
  const { composite, warnings, ...keys } = forecaster;
  const form = formOf(forecaster.network, forecaster.window, composite);
  const { members, lstmShare, linear } = form;
  const document = {
    format: FORECASTER_FORMAT,
    version: DOCUMENT_VERSION,
    about: ABOUT,
    ...keys,
    warnings: warnings.filter(({ learned }) => learned !== null),
    members,
    lstmShare,
    linear,
    weights: {
      file: WEIGHTS_FILE,
      ...files.weights,
      layout: weightLayout(form).map(({ name, shape, offset }) => ({ name, shape, offset })),
    },
    ...beside,
    series: {
      file: SERIES_FILE,
      ...files.series,
      rows: series.time.length,
      variables: series.variables.map(({ name, quantity, unit: itsUnit, lead }) => ({
        name,
        quantity,
        unit: itsUnit,
        lead,
      })),
      inputs: series.inputs,
      target: series.target,
      service: series.service,
    },
  };
  // As it is read back: without what JSON leaves out.
  const plain = JSON.parse(JSON.stringify(document)) as object;
  return { ...plain, contentSha256: hashOfContent(plain) };
}

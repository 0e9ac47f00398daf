import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LANGUAGES } from '../contract/language';
import {
  PUBLISH_NOTHING,
  scheduleSchema,
  watchSettingsSchema,
  type PublishSettings,
  type Schedule,
  type WatchSettings,
} from '../contract/watch';
import { misfit, parseChoice, UsageError, type Arguments, type Options } from './arguments';

export const WATCH_OPTIONS = {
  source: {
    value: 'PATH',
    help: 'where new readings appear: a file that grows, a folder, or a database of WeeWX or Home Assistant; kept with the run',
  },
  forecasts: {
    value: 'PATH',
    help: "the weather service's newest forecasts: a file, or a folder where one a run appears; kept with the run; none: no longer",
  },
  every: { value: 'T', help: 'a forecast every T: 15m, 1h, 1d; with each new reading if left out' },
  at: { value: 'HH:MM,...', help: 'forecasts at these times of this machine’s clock' },
  look: { value: 'T', help: 'how often the files are looked at; 5s if left out' },
  publish: {
    value: 'DIR',
    help: 'write forecast.json, index.html and hindcast.inc into this folder; none: no longer',
  },
  csv: { value: 'F.csv', help: 'a file that grows by a line for each value of each forecast' },
  mqtt: { value: 'URL', help: 'the broker, mqtt://host or mqtts://host: sensors appear in Home Assistant' },
  'mqtt-user': { value: 'NAME', help: 'the password is read from HINDCAST_MQTT_PASSWORD or --password-file' },
  'mqtt-topic': { value: 'T', help: 'what its topics begin with; hindcast if left out' },
  'password-file': {
    value: 'F',
    help: 'holds the password of the broker; nobody else may read it (mode 600)',
  },
  language: { value: 'L', help: 'of what is published: en (English; the default) or ko (Korean)' },
  retrain: {
    value: 'T',
    help: 'train again on all readings every T (30d); the new model is taken where it is no worse; none: no longer',
  },
  'baseline-instead': { help: 'publish the best simple forecast where the model is surely worse' },
} as const satisfies Options;

/** What was chosen before is given up. */
const NONE = 'none';

const DAY_SECONDS = 86_400;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: DAY_SECONDS };

/** '15m' in seconds. @throws UsageError */
function parseDuration(option: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text.trim()) ?? [];
  if (count === undefined) throw new UsageError(`--${option} ${text} is no time such as 15m, 1h or 1d`);
  return Number(count) * (SECONDS[unit] ?? 1);
}

const USUAL_LOOK_SECONDS = 5;

/** How often files are looked at, in milliseconds. @throws UsageError */
export const parseLook = (args: Arguments): number =>
  1000 *
  (args.text('look') === undefined ? USUAL_LOOK_SECONDS : parseDuration('look', args.text('look') ?? ''));

function parseSchedule(args: Arguments): Schedule | undefined {
  const [every, at] = [args.text('every'), args.text('at')];
  if (every !== undefined && at !== undefined) throw new UsageError('--every and --at exclude each other');
  if (every === undefined && at === undefined) return undefined;
  const given =
    every === undefined
      ? { kind: 'times', times: at?.split(',').map((time) => time.trim()) }
      : { kind: 'every', seconds: parseDuration('every', every) };
  const parsed = scheduleSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw misfit(every === undefined ? `--at ${at}` : `--every ${every}`, parsed.error.issues);
}

/** In whole days; null: never. @throws UsageError */
function parseRetrain(args: Arguments, before: number | null): number | null {
  const text = args.text('retrain');
  if (text === undefined) return before;
  if (text === NONE) return null;
  const days = parseDuration('retrain', text) / DAY_SECONDS;
  if (!Number.isInteger(days)) throw new UsageError(`--retrain ${text} is no number of days such as 30d`);
  return days;
}

/** A path; null: none. @param kept where it is left out */
function parsePath(args: Arguments, name: string, kept: string | null): string | null {
  const text = args.text(name);
  return text === undefined ? kept : text === NONE ? null : resolve(text);
}

function parsePublish(args: Arguments, before: PublishSettings): PublishSettings {
  const url = args.text('mqtt') ?? before.mqtt?.url ?? NONE;
  const language = parseChoice(args, 'language', LANGUAGES) ?? before.language;
  return {
    language,
    folder: parsePath(args, 'publish', before.folder),
    csv: parsePath(args, 'csv', before.csv),
    mqtt:
      url === NONE
        ? null
        : {
            url,
            user: args.text('mqtt-user') ?? before.mqtt?.user ?? '',
            topic: args.text('mqtt-topic') ?? before.mqtt?.topic ?? 'hindcast',
          },
  };
}

/**
 * What is wanted of a run: as it was kept with it, and what is given now.
 * @returns null where nothing says where its readings come from
 * @throws UsageError
 */
export function watchSettingsOf(args: Arguments, before: WatchSettings | null): WatchSettings | null {
  const given = args.text('source');
  const source = given === undefined ? before?.source : resolve(given);
  if (source === undefined) return null;
  const wanted = {
    source,
    forecasts: parsePath(args, 'forecasts', before?.forecasts ?? null),
    schedule: parseSchedule(args) ?? before?.schedule ?? { kind: 'reading' },
    publish: parsePublish(args, before?.publish ?? PUBLISH_NOTHING),
    retrainDays: parseRetrain(args, before?.retrainDays ?? null),
    baselineInstead: args.has('baseline-instead') || (before?.baselineInstead ?? false),
  };
  const parsed = watchSettingsSchema.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path ?? [];
  const option = place.includes('mqtt')
    ? place.includes('topic')
      ? 'mqtt-topic'
      : 'mqtt'
    : (OPTIONS[String(place[0])] ?? 'source');
  throw misfit(`--${option} ${args.text(option) ?? ''}`, parsed.error.issues);
}

const OPTIONS: Readonly<Record<string, string>> = {
  publish: 'publish',
  retrainDays: 'retrain',
  forecasts: 'forecasts',
};

/** Bits of a file's mode by which others than its owner may do something with it. */
const OTHERS = 0o077;

/** The broker's password; null where none is given. @throws UsageError where others may read its file */
export async function readPassword(args: Arguments): Promise<string | null> {
  const path = args.text('password-file');
  if (path === undefined) return process.env['HINDCAST_MQTT_PASSWORD'] ?? null;
  const found = await stat(path).catch(() => null);
  if (found === null) throw new UsageError(`--password-file ${path} is not there`);
  if (process.platform !== 'win32' && (found.mode & OTHERS) !== 0) {
    throw new UsageError(`others may read --password-file ${path}: chmod 600 ${path}`);
  }
  return (await readFile(path, 'utf8')).trimEnd();
}

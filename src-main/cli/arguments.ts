import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { GAP_POLICIES, type GapPolicy } from '../contract/dataset';
import { DEVICE_CHOICES, type DeviceChoice } from '../contract/device';
import { LANGUAGES, type Language } from '../contract/language';
import { phraseText } from '../contract/phrases';
import { QUESTIONS, type Question } from '../contract/plan';
import { causeOfIssues } from '../contract/schema-cause';

/** The command line does not make sense: the sentence says why, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** An option of a command: `value` is how its value is called in the help; without one it is a switch. */
export interface Option {
  readonly value?: string;
  readonly help: string;
  readonly multiple?: boolean;
}
export type Options = Readonly<Record<string, Option>>;

export interface Arguments {
  readonly operands: readonly string[];
  /** The last value given, or undefined. */
  text(name: string): string | undefined;
  /** All values given. */
  all(name: string): readonly string[];
  has(name: string): boolean;
}

/** @throws UsageError */
export function parseArguments(args: readonly string[], options: Options): Arguments {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: config, allowPositionals: true });
    const given = new Map(Object.entries(values));
    const all = (name: string): string[] =>
      [given.get(name) ?? []].flat().filter((value): value is string => typeof value === 'string');
    return { operands: positionals, all, text: (name) => all(name).at(-1), has: (name) => given.has(name) };
  } catch (error) {
    // Node's sentence, without the advice on dashes behind it.
    throw new UsageError(
      (error instanceof Error ? error.message : String(error)).split(/\. (?=[A-Z])/)[0] ?? '',
    );
  }
}

/**
 * That an option is not what its schema asks for: '--layers 9 is more than 4'.
 * @param option as it was given
 */
export function misfit(option: string, [first]: readonly z.core.$ZodIssue[]): UsageError {
  const cause = causeOfIssues(first === undefined ? [] : [{ ...first, path: [] }]);
  return new UsageError(`${option} ${phraseText(cause)}`);
}

/** @throws UsageError when it is missing */
export function requireText(args: Arguments, name: string): string {
  const value = args.text(name);
  if (value === undefined || value === '') throw new UsageError(`--${name} is missing`);
  return value;
}

/** @throws UsageError unless there are just as many operands as names */
export function requireOperands(args: Arguments, names: readonly string[], optional = 0): readonly string[] {
  const { operands } = args;
  const missing = names[operands.length];
  if (missing !== undefined && operands.length < names.length - optional) {
    throw new UsageError(`${missing} is missing`);
  }
  const extra = operands[names.length];
  if (extra !== undefined) throw new UsageError(`“${extra}” is one argument too many`);
  return operands;
}

/**
 * A date or date and time of the station's clock as `Series.time`; a date alone means its first or its last moment.
 * @param option as it was given, for the message
 * @throws UsageError
 */
export function parseInstant(option: string, text: string, edge: 'first' | 'last'): number {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?$/.exec(text.trim());
  const [, date, time] = match ?? [];
  const end = edge === 'first' ? '00:00:00' : '23:59:59.999';
  const instant = Date.parse(`${date}T${time ?? end}Z`);
  if (Number.isNaN(instant)) {
    throw new UsageError(`${option}: “${text}” is not a date such as 2021-01-31 or 2021-01-31T13:00`);
  }
  return instant;
}

/** The part of a record that is used; what is not given is left out. @throws UsageError */
export function parsePeriod(args: Arguments): { readonly from?: number; readonly to?: number } {
  const [from, to] = [args.text('from'), args.text('to')];
  return {
    ...(from === undefined ? {} : { from: parseInstant('--from', from, 'first') }),
    ...(to === undefined ? {} : { to: parseInstant('--to', to, 'last') }),
  };
}

/** `COL=policy`, the column by its name. @throws UsageError */
export function parseGaps(texts: readonly string[]): Record<string, GapPolicy> {
  return Object.fromEntries(
    texts.map((text) => {
      const cut = text.lastIndexOf('=');
      const policy = GAP_POLICIES.find((each) => each === text.slice(cut + 1));
      if (cut < 1 || policy === undefined) {
        throw new UsageError(
          `--gap ${text}: give it as COLUMN=POLICY with a policy out of ${GAP_POLICIES.join(', ')}`,
        );
      }
      return [text.slice(0, cut), policy];
    }),
  );
}

/** One of a few words; undefined where the option is not given. @throws UsageError */
export function parseChoice<T extends string>(
  args: Arguments,
  option: string,
  choices: readonly T[],
): T | undefined {
  const text = args.text(option);
  const choice = choices.find((each) => each === text);
  if (text === undefined || choice !== undefined) return choice;
  throw new UsageError(`--${option} is “${text}”, not one of ${choices.join(', ')}`);
}

/** A number of things, from one on; undefined where the option is not given. @throws UsageError */
export function parseCount(args: Arguments, option: string, most: number): number | undefined {
  const text = args.text(option);
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`--${option} is “${text}”, not a whole number from 1 to ${most}`);
}

const MOST_JOBS = 64;

/** How much is done at a time; undefined where it is not said. @throws UsageError */
export const parseJobs = (args: Arguments): number | undefined => parseCount(args, 'jobs', MOST_JOBS);

/** @throws UsageError */
export const parseDevice = (args: Arguments): DeviceChoice =>
  parseChoice(args, 'device', DEVICE_CHOICES) ?? 'auto';

/** The language of what is written for people; English where none is named. @throws UsageError */
export const parseLanguage = (args: Arguments): Language => parseChoice(args, 'language', LANGUAGES) ?? 'en';

/** What is asked of a file where no target is named; undefined: the usual question. @throws UsageError */
export function parseQuestion(args: Arguments): Question | undefined {
  const question = parseChoice(args, 'question', QUESTIONS);
  if (question === undefined) return undefined;
  if (args.has('target')) throw new UsageError('--question chooses the target: leave out --target');
  return question;
}

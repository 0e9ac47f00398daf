import { z } from 'zod';
import { ENGLISH } from './phrases-en';
import { formatBytes } from './format';
import { particleAfter } from './particles';
import { KOREAN } from './phrases-ko';
import type { Language } from './language';
import { visible } from './visible';
import { SHARED_WORDS } from './words';

export type PhraseCode = keyof typeof ENGLISH;
export const PHRASE_CODES = Object.keys(ENGLISH) as readonly PhraseCode[] as readonly [
  PhraseCode,
  ...PhraseCode[],
];

/** A part of a sentence (why, how much, of what kind) as its code: each language has its own words for it. */
export interface Phrase {
  readonly code: PhraseCode;
  readonly params: Params;
}

/** What these parameters say are words of Hindcast’s own: phrases, which every language has, and never texts. */
const OWN_WORDS = [
  'cause',
  'what',
  'kind',
  'part',
  'setting',
  'size',
  'limit',
  'step',
  'found',
  'wanted',
  'needed',
  'derived',
] as const;
type OwnWord = (typeof OWN_WORDS)[number];

/** What stands in the places of a template: numbers, phrases, and texts that are the user’s, a file’s or the system’s. */
export type Params = Readonly<Record<string, string | number | Phrase>> & {
  readonly [Name in OwnWord]?: number | Phrase;
};

type Names<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

/** The parameters that a template has places for. */
export type ParamsOf<Template extends string> = {
  readonly [Name in Names<Template>]: Name extends OwnWord ? number | Phrase : string | number | Phrase;
};

/** What others said: its words stand in the English phrase alone, its code in the others. */
type Foreign = 'said' | 'sqlite-says';
interface ForeignParams {
  readonly text: string;
  readonly error: string;
}

/** Nothing to give where the template has no places. */
export type GivenParams<Template extends string> = [Names<Template>] extends [never]
  ? [params?: Readonly<Record<string, never>>]
  : [params: ParamsOf<Template>];

/** Those without parameters. */
export type SimplePhraseCode = {
  [Code in PhraseCode]: [Names<(typeof ENGLISH)[Code]>] extends [never] ? Code : never;
}[PhraseCode];

/** A phrase by its code, with all that stands in its places. */
export function phrase<Code extends PhraseCode>(
  code: Code,
  ...given: Code extends Foreign ? [params: ForeignParams] : GivenParams<(typeof ENGLISH)[Code]>
): Phrase {
  const [params = {}] = given as readonly [Params?];
  return { code, params };
}

const TABLES = { en: ENGLISH, ko: KOREAN } as const;

/** The words of a phrase. */
export function phraseText({ code, params }: Phrase, language: Language = 'en'): string {
  if (code === 'step') return SHARED_WORDS[language].step(String(params['label']));
  return fillTemplate(TABLES[language][code], params, language);
}

/**
 * Fills `{name}` in a template; texts stand on one line, with unseen characters spelt out, numbers with the separators of the language, `{bytes}` as a size, and Korean
 * particles as the word before them asks for.
 */
export function fillTemplate(
  template: string,
  params: Readonly<Record<string, string | number | Phrase>>,
  language: Language = 'en',
): string {
  let text = '';
  let from = 0;
  for (const { 0: place, 1: name = '', index } of template.matchAll(PLACES)) {
    text += template.slice(from, index);
    from = index + place.length;
    text += name.includes('/') ? particleAfter(text, name) : wordsOf(name, params[name], language);
  }
  return text + template.slice(from);
}

/** `{name}` and, in Korean, `{을/를}`. */
const PLACES = /\{(\w+|[가-힣]+\/[가-힣]+)\}/g;

function wordsOf(name: string, value: string | number | Phrase | undefined, language: Language): string {
  if (typeof value === 'object') return phraseText(value, language);
  if (typeof value !== 'number') return visible(value ?? '');
  if (name === 'bytes') return formatBytes(value, language);
  return value.toLocaleString(language, { maximumSignificantDigits: 6 });
}

/** The message of another program, a library or the system: its text is English. */
export function saidBy(error: unknown): Phrase {
  if (!(error instanceof Error)) return phrase('said', { text: String(error), error: typeof error });
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return phrase('said', { text: error.message, error: code });
}

/** What a text was to hold and does not, as a phrase. */
export class Malformed extends SyntaxError {
  override readonly name = 'Malformed';

  constructor(readonly because: Phrase) {
    super(phraseText(because));
  }
}

const paramSchema: z.ZodType<string | number | Phrase> = z.lazy(() =>
  z.union([z.string(), z.number(), phraseSchema]),
);

/** Earlier versions kept English words where phrases stand now: they are shown as they stand. */
export const paramsSchema: z.ZodType<Params, unknown> = z
  .record(z.string(), paramSchema)
  .transform((params) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) =>
        typeof value === 'string' && (OWN_WORDS as readonly string[]).includes(name)
          ? [name, phrase('as-stated', { text: value })]
          : [name, value],
      ),
    ),
  ) as z.ZodType<Params, unknown>;

export const phraseSchema: z.ZodType<Phrase> = z.strictObject({
  code: z.enum(PHRASE_CODES),
  params: paramsSchema,
}) as unknown as z.ZodType<Phrase>;

import {
  defaultSearchSpace,
  INPUT_SHARE,
  LISTED_SETTINGS,
  RANGED_SETTINGS,
  searchOptionsSchema,
  TRIED_SETTINGS,
  type ListedSetting,
  type RangedSetting,
  type SearchedSetting,
  type SearchMethod,
  type SearchOptions,
  type TriedSetting,
} from '../../../src-main/contract/search';

export interface RangeDraft {
  readonly searched: boolean;
  readonly min: number | null;
  readonly max: number | null;
}
export interface ListDraft {
  readonly searched: boolean;
  /** Numbers with commas or spaces between them. */
  readonly text: string;
}

/** Of these each value is tried; they are all switched on or off. */
export type WholeSetting = TriedSetting | typeof INPUT_SHARE;
export const WHOLE_SETTINGS: readonly WholeSetting[] = [...TRIED_SETTINGS, INPUT_SHARE];

/** What is searched as it stands in the fields; what is switched off keeps its numbers. */
export type SearchDraft = Readonly<Record<RangedSetting, RangeDraft>> &
  Readonly<Record<ListedSetting, ListDraft>> &
  Readonly<Record<WholeSetting, boolean>> & {
    readonly method: SearchMethod;
    readonly budgetSeconds: number | null;
  };

const USUAL_BUDGET_SECONDS = 60;

export function draftOfDefaults(stepSeconds: number | undefined): SearchDraft {
  const space = defaultSearchSpace(stepSeconds);
  const whole = WHOLE_SETTINGS.map((name) => [name, space[name] !== null] as const);
  const ranges = RANGED_SETTINGS.map((name) => [name, { searched: true, ...space[name] }] as const);
  const lists = LISTED_SETTINGS.map(
    (name) => [name, { searched: true, text: (space[name] ?? []).join(', ') }] as const,
  );
  return {
    method: 'hyperband',
    budgetSeconds: USUAL_BUDGET_SECONDS,
    ...(Object.fromEntries([...ranges, ...lists, ...whole]) as Record<RangedSetting, RangeDraft> &
      Record<ListedSetting, ListDraft> &
      Record<WholeSetting, boolean>),
  };
}

export type SearchCheck =
  | { readonly options: SearchOptions; readonly wrong: null }
  /** The fields whose values do not fit. */
  | { readonly options: null; readonly wrong: ReadonlySet<SearchedSetting | 'budgetSeconds'> };

/** The options that a draft means, or the fields in the way; by the schema that the main process uses too. */
export function checkSearch(draft: SearchDraft, seed: number, stepSeconds: number | undefined): SearchCheck {
  const every = defaultSearchSpace(stepSeconds);
  const rangeOf = ({ searched, min, max }: RangeDraft): object | null =>
    searched ? { min: min ?? NaN, max: max ?? NaN } : null;
  const parsed = searchOptionsSchema.safeParse({
    method: draft.method,
    budgetSeconds: draft.budgetSeconds ?? NaN,
    seed,
    space: Object.fromEntries([
      ...RANGED_SETTINGS.map((name) => [name, rangeOf(draft[name])]),
      ...LISTED_SETTINGS.map((name) => [name, draft[name].searched ? numbersOf(draft[name].text) : null]),
      ...WHOLE_SETTINGS.map((name) => [name, draft[name] ? every[name] : null]),
    ]),
  });
  if (parsed.success) return { options: parsed.data, wrong: null };
  const names = parsed.error.issues.map(({ path }) => (path[0] === 'space' ? path[1] : path[0]));
  return { options: null, wrong: new Set(names as (SearchedSetting | 'budgetSeconds')[]) };
}

function numbersOf(text: string): number[] {
  return text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
}

import type { Language } from '../../src-main/contract/language';
import type { ProblemData } from '../../src-main/contract/problems';
import { problemText as textOf } from '../../src-main/contract/say';
import { en } from './en';
import { ko } from './ko';

export type { Language };
export type Dictionary = typeof en;

const dictionaries: Readonly<Record<Language, Dictionary>> = { en, ko };

let current = $state<Language>('en');

/** The language of the window, reactive. */
export function language(): Language {
  return current;
}

export function setLanguage(next: Language): void {
  current = next;
}

/** The words of the current language, reactive: `t().train.epoch`. */
export function t(): Dictionary {
  return dictionaries[current];
}

/** The sentence of a problem in the current language. */
export function problemText(problem: ProblemData): string {
  return textOf(problem, current);
}

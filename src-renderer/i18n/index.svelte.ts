import { describeProblem, fillTemplate, type ProblemData } from '../../src-main/contract/problems';
import type { Language } from '../../src-main/contract/language';
import { en } from './en';
import { ko } from './ko';
import { problems as koreanProblems } from './ko/problems';

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
  if (current === 'en') return describeProblem(problem);
  return fillTemplate(koreanProblems[problem.code], problem.params, current);
}

import { KOREAN } from './problems-ko';
import type { Language } from './language';
import { fillTemplate } from './phrases';
import { describeProblem, type ProblemData } from './problems';

/** The English ones are those of `problems.ts`. */
const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, typeof KOREAN>> = { ko: KOREAN };

/** The sentence of a problem in a language. */
export function problemText(problem: ProblemData, language: Language): string {
  if (language === 'en') return describeProblem(problem);
  return fillTemplate(TRANSLATIONS[language][problem.code], problem.params, language);
}

import { korean } from './problems-ko';
import type { Language } from './language';
import { fillTemplate } from './phrases';
import { describeProblem, type ProblemData } from './problems';

/** The sentence of a problem in a language. */
export function problemText(problem: ProblemData, language: Language): string {
  if (language === 'en') return describeProblem(problem);
  return fillTemplate(korean[problem.code], problem.params, language);
}

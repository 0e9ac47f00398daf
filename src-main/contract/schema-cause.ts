import type { z } from 'zod';
import { phrase, phraseSchema, type Phrase } from './phrases';

type Issue = z.core.$ZodIssue;

/** Where a value does not fit its schema, and how: by the first of the issues. */
export function causeOfIssues(issues: readonly Issue[]): Phrase {
  const [issue] = issues;
  if (issue === undefined) return phrase('form-unknown');
  const key = issue.path.join('.');
  return key === '' ? causeOf(issue) : phrase('of-key', { key, what: causeOf(issue) });
}

/** A schema of ours says what is wrong by `params: { cause }` of its issue. */
function causeOf(issue: Issue): Phrase {
  switch (issue.code) {
    case 'custom':
      return phraseSchema.safeParse(issue.params?.['cause']).data ?? phrase('form-unknown');
    case 'invalid_type':
      return phrase(issue.expected === 'int' ? 'form-whole' : 'form-type');
    case 'invalid_value':
      return phrase('form-value');
    case 'invalid_format':
      return phrase('form-format');
    case 'too_small':
      return isOfNumbers(issue.origin)
        ? phrase('form-small', { least: Number(issue.minimum) })
        : phrase('form-short');
    case 'too_big':
      return isOfNumbers(issue.origin)
        ? phrase('form-big', { most: Number(issue.maximum) })
        : phrase('form-long');
    case 'unrecognized_keys':
      return phrase('of-key', {
        key: issue.keys.slice(0, 3).join(', ').slice(0, 100),
        what: phrase('form-key'),
      });
    default:
      return phrase('form-unknown');
  }
}

const isOfNumbers = (origin: string): boolean => origin === 'number' || origin === 'int';

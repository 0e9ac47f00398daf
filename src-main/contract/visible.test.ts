import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeProblem, PROBLEM_CODES } from './problems';
import { visible, visibleJson, withoutUnseen } from './visible';

describe('what is shown', () => {
  it('has its controls, ends of lines and turns of direction spelt out, and all else as it is', () => {
    expect(visible('\x1b[2J\x07\r\n\t\x7f\x9b31m')).toBe(
      '\\u001b[2J\\u0007\\u000d\\u000a\\u0009\\u007f\\u009b31m',
    );
    expect(visible('a\u202egnp.exe \u2066\u2069\u200f\u061c\u2028')).toBe(
      'a\\u202egnp.exe \\u2066\\u2069\\u200f\\u061c\\u2028',
    );
    for (const text of ['평균기온(°C)', '気温', 'température − 5 % “x” \\', '👩‍👩‍👧 🌦️', 'درجة الحرارة']) {
      expect(visible(text)).toBe(text);
      expect(withoutUnseen(text)).toBe(text);
    }
    expect(withoutUnseen('a\u202eb\nc', '-')).toBe('a-b-c');
  });

  it('as JSON is one line of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }), (value) => {
        const json = visibleJson(value);
        expect(json).toBe(visible(json));
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 30 },
    );
    expect(visibleJson('\u009b\u202e')).toBe('"\\u009b\\u202e"');
  });

  it('is all that the sentence of a problem holds, whatever its parameters', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PROBLEM_CODES), fc.string({ unit: 'binary' }), (code, text) => {
        const params = Object.fromEntries(
          ['file', 'column', 'cause', 'name', 'example'].map((key) => [key, text]),
        );
        const sentence = describeProblem({ code, params });
        expect(sentence).toBe(visible(sentence));
      }),
    );
  });
});

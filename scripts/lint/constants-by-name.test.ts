import { RuleTester } from 'eslint';
import ts from 'typescript-eslint';
import { describe, it } from 'vitest';
import { constantsByName } from './constants-by-name.mjs';

RuleTester.describe = describe;
RuleTester.it = it;

const LOWER = [{ message: 'A fixed value of a module is named LIKE_THIS.' }];
const UPPER = [{ message: 'A function is named likeThis: LIKE_THIS is a fixed value.' }];

new RuleTester({ languageOptions: { parser: ts.parser } }).run('constants-by-name', constantsByName, {
  valid: [
    'const MOST_ROWS = 5_000;',
    'export const DAY_MS = 24 * HOUR_MS;',
    'export const NAMES = ["x", "y"] as const;',
    'const PLACES = new Set(["a", "b"]);',
    // A table with a type of its own name, and lists that are filled later.
    'export const Kind = { float: 1 } as const; export type Kind = (typeof Kind)[keyof typeof Kind];',
    'const opened: string[] = [];',
    // What is worked out, and what is no module's.
    'const noon = hoursOf("12:00");',
    'const target = TARGETS[platform];',
    'const half = (value: number) => value / 2;',
    'function f() { const limit = 5; return limit; }',
  ],
  invalid: [
    { code: 'const mostRows = 5_000;', errors: LOWER },
    { code: 'const limit = -1;', errors: LOWER },
    { code: 'export const dayMs = 24 * HOUR_MS;', errors: LOWER },
    { code: 'const pattern = /a+/;', errors: LOWER },
    { code: 'const names = ["x", "y"] as const;', errors: LOWER },
    { code: 'const shape = { rows: 3, sides: [] } satisfies Shape;', errors: LOWER },
    { code: 'const places = new Set(["a", "b"]);', errors: LOWER },
    { code: 'const table = Object.freeze({ a: 1 });', errors: LOWER },
    { code: 'const text = `${FIRST} and ${SECOND}`;', errors: LOWER },
    { code: 'const raw = String.raw`\\d`;', errors: LOWER },
    { code: 'const HALF = (value: number) => value / 2;', errors: UPPER },
  ],
});

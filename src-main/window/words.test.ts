import { describe, expect, it } from 'vitest';
import { WINDOW_WORDS } from './words';

/** Every text of a tree of words, by its place there. */
function textsOf(words: object, place = ''): [place: string, text: string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'string' ? [[`${place}${name}`, value]] : textsOf(value as object, `${place}${name}.`),
  );
}

/** Forms of files and the licence are called alike in both languages. */
const OWN_NAMES = /\b(?:CSV|SVG|PNG|PDF|HTML|SQLite|WeeWX|MIT)\b/g;

describe('menu and dialogs', () => {
  it.each(textsOf(WINDOW_WORDS.ko))('say %s in Korean: %s', (_place, text) => {
    expect(text.replace(OWN_NAMES, '')).not.toMatch(/[A-Za-z]/);
    if (!/^(CSV|PDF)$/.test(text)) expect(text).toMatch(/[가-힣]/);
  });
});

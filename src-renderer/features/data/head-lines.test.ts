import { describe, expect, it } from 'vitest';
import { visiblePieces } from './head-lines';

const shown = (line: string, delimiter = ','): string =>
  visiblePieces(line, delimiter)
    .map(({ text, isMark }) => (isMark ? `[${text}]` : text))
    .join('');

describe('a line as it stands in the file', () => {
  it('shows blanks where they matter', () => {
    expect(shown('a b,c')).toBe('a b,c');
    expect(shown('  a  b ')).toBe('[··]a[··]b[·]');
    expect(shown('1 2', ' ')).toBe('1[·]2');
    expect(shown('   ')).toBe('[···]');
  });

  it('shows tabs, no-break blanks, control characters and signs without a shape', () => {
    expect(shown('a\tb')).toBe('a[→\t]b');
    expect(shown('a\u00a0b')).toBe('a[⍽]b');
    expect(shown('a\u0000\u001b\u007f')).toBe('a[␀][␛][␡]');
    expect(shown('\u202egnp\u200b')).toBe('[‹U+202E›]gnp[‹U+200B›]');
  });

  it('keeps all else, HTML and formulas too', () => {
    expect(visiblePieces('<b>=1+1</b>', ',')).toEqual([{ text: '<b>=1+1</b>', isMark: false }]);
    expect(visiblePieces('', ',')).toEqual([]);
  });
});

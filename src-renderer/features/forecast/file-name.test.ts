import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameOf } from './file-name';

describe('fileNameOf', () => {
  it('keeps words and drops what file systems refuse', () => {
    expect(fileNameOf('forecast 평균기온(°C)', 'png')).toBe('forecast-평균기온-°C.png');
    expect(fileNameOf('a/b\\c:d', 'csv')).toBe('a-b-c-d.csv');
    expect(fileNameOf('../..', 'png')).toBe('hindcast.png');
  });

  it('is never a path, never hidden, never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (words) => {
        const name = fileNameOf(words, 'png');
        expect(name).not.toMatch(/[\\/]/);
        expect(name.startsWith('.')).toBe(false);
        expect([...name].length).toBeLessThanOrEqual(80);
      }),
    );
  });
});

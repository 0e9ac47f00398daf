import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { RecordReader } from './records';

/** The records of a text that comes in blocks of some length, each with its line. */
function recordsOf(text: string, blockLength = 7, cells: number | null = null) {
  const records: { cells: string[]; line: number }[] = [];
  const reader = new RecordReader({
    delimiter: ',',
    lineEnd: '\n',
    fileName: 'a.csv',
    cells,
    onRecord: (found, line) => records.push({ cells: found, line }),
  });
  for (let at = 0; at < text.length; at += blockLength) reader.feed(text.slice(at, at + blockLength));
  reader.end();
  return { records, unbalanced: reader.unbalanced };
}

describe('RecordReader', () => {
  it('gives cells with the line in which they stand, blank lines and quoted line ends counted', () => {
    const { records } = recordsOf('a,b\n\n1,"x\ny"\n2,z');
    expect(records).toEqual([
      { cells: ['a', 'b'], line: 1 },
      { cells: [''], line: 2 },
      { cells: ['1', 'x\ny'], line: 3 },
      { cells: ['2', 'z'], line: 5 },
    ]);
  });

  it('loses one line, not the rest, where a quote is not closed', () => {
    const lines = Array.from({ length: 100 }, (_, day) => `${day},${day === 50 ? '"oops' : 'x'}`);
    const { records, unbalanced } = recordsOf(lines.join('\n'), 64, 2);
    expect(records).toHaveLength(100);
    expect(records[50]).toEqual({ cells: ['50', '"oops'], line: 51 });
    expect(unbalanced).toEqual({ count: 1, line: 51 });
  });

  it('does not join two lines that lack a quote each', () => {
    const { records, unbalanced } = recordsOf('1,"a\n2,b\n3,"c\n4,d\n', 64, 2);
    expect(records.map(({ cells }) => cells[0])).toEqual(['1', '2', '3', '4']);
    expect(unbalanced.count).toBe(2);
  });

  it('refuses an endless line in time', () => {
    expect(() => recordsOf(`a,b\n${'1'.repeat(1_200_000)}`, 100_000)).toThrow(/Line 2 of “a.csv” is longer/);
  });

  it('reads back whatever papaparse writes, in blocks of any length', () => {
    const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('"', 'a"b', 'x,y', 'x\ny', '1.5', ''));
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40 }), (written, blockLength) => {
        const clean = written.map((row) => row.map((text) => text.replace(/\r/g, '')));
        const text = Papa.unparse(clean, { newline: '\n' });
        const { records, unbalanced } = recordsOf(text, blockLength, 2);
        expect(unbalanced.count).toBe(0);
        expect(records.map(({ cells }) => cells)).toEqual(clean);
      }),
    );
  });

  it('does not look through all that waits for a closing quote at each block', () => {
    const text = `"${`${'a,'.repeat(400_000)}\n`.repeat(19)}`;
    const timeOf = (blockLength: number): number => {
      const before = process.cpuUsage();
      recordsOf(text, blockLength);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const whole = timeOf(text.length);
    expect(timeOf(32 * 1024)).toBeLessThan(8 * whole);
  });
});

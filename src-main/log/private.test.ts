import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutPrivate } from './private';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  throw new Error('it did not throw');
};

describe('withoutPrivate', () => {
  it.each([
    [
      "ENOENT: no such file or directory, open '/home/jo kim/My Data/readings.csv'",
      "ENOENT: no such file or directory, open 'readings.csv'",
    ],
    ["EPERM: rename 'C:\\Users\\jo kim\\a.csv' -> 'C:\\b.csv'", "EPERM: rename 'a.csv' -> 'b.csv'"],
    [
      'cannot open /home/jo/lib/libtensorflow.so.2: no such file',
      'cannot open libtensorflow.so.2: no such file',
    ],
    ['not a number: “12,5 °C”', 'not a number: “…”'],
    ["it's no date: '2024-01-01 geheim'", "it's no date: '…'"],
    [
      "Cannot read properties of undefined (reading 'length')",
      "Cannot read properties of undefined (reading 'length')",
    ],
    ['wind in km/h', 'wind in km/h'],
    ['a\u001b[2Jb', 'a\\u001b[2Jb'],
  ])('%s', (text, kept) => {
    expect(withoutPrivate(text)).toBe(kept);
  });

  it('keeps nothing of what JSON.parse could not read', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const canary = `{"canary": "${text.replaceAll('canary', '')}", canary}`;
        expect(withoutPrivate(messageOf(() => JSON.parse(canary)))).not.toContain('canary');
      }),
    );
  });

  it('keeps no folder of a stack', () => {
    const frames = [
      'Error: boom',
      '    at open (/home/jo (kim)/My Data/out/main/index.cjs:12:3)',
      '    at async /home/jo (kim)/My Data/out/main/index.cjs:1:2',
      '    at file:///home/jo/x.mjs:1:2',
      '    at C:\\Users\\jo kim\\x.cjs:1:2',
      '    at new Promise (<anonymous>)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ];
    expect(withoutPrivate(frames.join('\n')).split('\n')).toEqual([
      'Error: boom',
      '    at open (index.cjs:12:3)',
      '    at index.cjs:1:2',
      '    at x.mjs:1:2',
      '    at x.cjs:1:2',
      '    at new Promise (<anonymous>)',
      '    at process.processTicksAndRejections (task_queues:95:5)',
    ]);
  });

  it('is short whatever it is given', () => {
    expect(withoutPrivate('x'.repeat(1e6)).length).toBe(2000);
    expect(withoutPrivate('x\n'.repeat(1e5)).split('\n')).toHaveLength(61);
  });
});

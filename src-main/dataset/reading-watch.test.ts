import { describe, expect, it } from 'vitest';
import { READING_LIMITS, ReadingWatch, type ReadingSight } from './reading-watch';

const LIMITS = { ...READING_LIMITS, residentMegabytes: 1000, busySeconds: 10, idleSeconds: 30 };
const MB = 1024 ** 2;

/** The second at which a reading is ended, and why; null where it is not within ten minutes. */
function endOf(sightAt: (second: number) => Partial<ReadingSight>): readonly [number, string] | null {
  const watch = new ReadingWatch(LIMITS, 0.1);
  for (let look = 0; look < 6000; look += 1) {
    const second = look / 10;
    const code = watch.look({ beats: 0, cpuSeconds: 0, residentBytes: 100 * MB, ...sightAt(second) });
    if (code !== null) return [Math.round(second), code];
  }
  return null;
}

describe('ReadingWatch', () => {
  it('ends what computes for ten seconds and comes no further', () => {
    expect(endOf((second) => ({ cpuSeconds: second }))).toEqual([10, 'reading-stuck']);
    expect(endOf((second) => ({ beats: Math.min(5, second), cpuSeconds: second }))).toEqual([
      15,
      'reading-stuck',
    ]);
  });

  it('waits on a busy machine: what counts is the time that the reading computed', () => {
    expect(endOf((second) => ({ cpuSeconds: second / 20 }))).toEqual([200, 'reading-stuck']);
    expect(endOf((second) => ({ beats: Math.floor(second / 60), cpuSeconds: second / 20 }))).toBeNull();
  });

  it('leaves alone whatever makes progress', () => {
    expect(endOf((second) => ({ beats: Math.floor(second / 9), cpuSeconds: second }))).toBeNull();
  });

  it('ends what waits for a disk that does not answer', () => {
    expect(endOf(() => ({}))).toEqual([30, 'reading-stuck']);
  });

  it('ends what takes too much memory, whatever its progress', () => {
    expect(endOf((second) => ({ beats: second, residentBytes: 300 * second * MB }))).toEqual([
      3,
      'reading-memory',
    ]);
  });
});

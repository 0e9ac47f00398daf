import { describe, expect, it } from 'vitest';
import type { EpochProgress } from '../contract/training';
import { ProgressReporter } from './progress-reporter';

const record = (epoch: number) => ({ epoch, loss: 1 / epoch, valLoss: 2 / epoch });

function reporterOf(epochs: number) {
  const reports: EpochProgress[] = [];
  return {
    reports,
    reporter: new ProgressReporter({ epochs, resumedAfter: 0, startedAt: 0 }, (progress) =>
      reports.push(progress),
    ),
  };
}

describe('ProgressReporter', () => {
  it('bundles what comes faster than 20 a second, and loses nothing', () => {
    const { reports, reporter } = reporterOf(1000);
    for (let epoch = 1; epoch <= 1000; epoch++) reporter.add(record(epoch), epoch, epoch * 2);
    reporter.flush(2000);
    expect(reports.length).toBeLessThanOrEqual(42);
    expect(reports.flatMap(({ records }) => records)).toEqual(
      Array.from({ length: 1000 }, (_, index) => record(index + 1)),
    );
    expect(reports.at(-1)).toMatchObject({ bestEpoch: 1000, epochsPerSecond: 500, secondsLeft: 0 });
  });

  it('says how long it will take from the second epoch on', () => {
    const { reports, reporter } = reporterOf(10);
    reporter.add(record(1), 1, 1000);
    reporter.add(record(2), 2, 2000);
    expect(reports.map(({ secondsLeft }) => secondsLeft)).toEqual([null, 8]);
    expect(reports.map(({ fraction }) => fraction)).toEqual([0.1, 0.2]);
  });

  it('measures slow epochs too', () => {
    const { reports, reporter } = reporterOf(100);
    for (let epoch = 1; epoch <= 5; epoch++) reporter.add(record(epoch), epoch, epoch * 10_000);
    expect(reports.at(-1)?.epochsPerSecond).toBeCloseTo(0.1);
    expect(reports.at(-1)?.secondsLeft).toBeCloseTo(950);
  });

  it('does not take a pause for slowness', () => {
    const { reports, reporter } = reporterOf(100);
    reporter.add(record(1), 1, 1000);
    reporter.add(record(2), 2, 2000);
    reporter.resume(60_000);
    reporter.add(record(3), 3, 61_000);
    expect(reports.at(-1)?.epochsPerSecond).toBeCloseTo(1);
  });
});

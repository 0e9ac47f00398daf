import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEvaluationCount, chooseExecution, chooseThreads } from './execution';

const lesson = { network: { inputs: 4, hidden: 10, layers: 1, outputs: 1 }, window: 6, batchSize: 32 };
const hourly = { network: { inputs: 14, hidden: 32, layers: 1, outputs: 24 }, window: 120, batchSize: 128 };

describe('choosing how a training runs', () => {
  it('unrolls small steps so that whole batches come out even, and does not shard them', () => {
    expect(chooseExecution({ ...lesson, trainingWindows: 579 }, 8)).toEqual({ steps: 9, shards: 1 });
    expect(chooseExecution({ ...lesson, trainingWindows: 20 }, 8)).toEqual({ steps: 1, shards: 1 });
  });

  it('shards large steps over the cores', () => {
    expect(chooseExecution(hourly, 2).shards).toBe(2);
    expect(chooseExecution(hourly, 1).shards).toBe(1);
    expect(chooseExecution({ ...hourly, batchSize: 127 }, 4).shards).toBe(1);
    expect(chooseThreads(hourly, 2)).toEqual({ intraOpThreads: 1, interOpThreads: 2, oneDnn: true });
    expect(chooseThreads(lesson, 2)).toEqual({ intraOpThreads: 1, interOpThreads: 1, oneDnn: false });
  });

  it('always fits the batch and leaves at least a step and a window', () => {
    const workloads = fc.record({
      network: fc.record({
        inputs: fc.integer({ min: 1, max: 64 }),
        hidden: fc.integer({ min: 1, max: 512 }),
        layers: fc.integer({ min: 1, max: 4 }),
        outputs: fc.integer({ min: 1, max: 168 }),
      }),
      window: fc.integer({ min: 1, max: 2000 }),
      batchSize: fc.integer({ min: 1, max: 4096 }),
      trainingWindows: fc.option(fc.integer({ min: 1, max: 500_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(workloads, fc.integer({ min: 1, max: 64 }), (workload, cores) => {
        const { steps, shards } = chooseExecution(workload, cores);
        expect(workload.batchSize % shards).toBe(0);
        expect(shards).toBeLessThanOrEqual(cores);
        expect(steps).toBeGreaterThanOrEqual(1);
        expect(Number.isInteger(steps)).toBe(true);
        expect(chooseEvaluationCount(workload)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

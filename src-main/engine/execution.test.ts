import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEvaluationCount, chooseExecution, chooseThreads } from './execution';
import type { Machine } from './native';

const LESSON = { network: { inputs: 4, hidden: 10, layers: 1, outputs: 1 }, window: 6, batchSize: 32 };
const HOURLY = { network: { inputs: 14, hidden: 32, layers: 1, outputs: 24 }, window: 120, batchSize: 128 };

const KERNELS = ['own', 'tensorflow'] as const;

const machine = (cores: number, kernel: Machine['kernels'] = 'own'): Machine => ({ cores, kernels: kernel });

describe('choosing how a training runs', () => {
  it.each(KERNELS)(
    'unrolls small steps so that whole batches come out even, and does not shard them: %s',
    (kernel) => {
      expect(chooseExecution({ ...LESSON, trainingWindows: 579 }, machine(8, kernel))).toEqual({
        steps: 9,
        shards: 1,
      });
      expect(chooseExecution({ ...LESSON, trainingWindows: 20 }, machine(8, kernel))).toEqual({
        steps: 1,
        shards: 1,
      });
    },
  );

  it.each(KERNELS)('shards large steps over the cores: %s', (kernel) => {
    expect(chooseExecution(HOURLY, machine(2, kernel)).shards).toBe(2);
    expect(chooseExecution(HOURLY, machine(1, kernel)).shards).toBe(1);
    expect(chooseExecution({ ...HOURLY, batchSize: 127 }, machine(4, kernel)).shards).toBe(1);
  });

  it('gives TensorFlow a thread for each shard, and oneDNN to large steps of its own kernels', () => {
    const threads = { intraOpThreads: 1, interOpThreads: 2, oneDnn: false };
    expect(chooseThreads(HOURLY, machine(2))).toEqual(threads);
    expect(chooseThreads(HOURLY, machine(2, 'tensorflow'))).toEqual({ ...threads, oneDnn: true });
    for (const kernel of KERNELS) {
      expect(chooseThreads(LESSON, machine(2, kernel))).toEqual({ ...threads, interOpThreads: 1 });
    }
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
      fc.property(
        workloads,
        fc.integer({ min: 1, max: 64 }),
        fc.constantFrom(...KERNELS),
        (workload, cores, kernel) => {
          const { steps, shards } = chooseExecution(workload, machine(cores, kernel));
          expect(workload.batchSize % shards).toBe(0);
          expect(shards).toBeLessThanOrEqual(cores);
          expect(steps).toBeGreaterThanOrEqual(1);
          expect(Number.isInteger(steps)).toBe(true);
          expect(chooseEvaluationCount(workload, kernel)).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Measured } from '../contract/measured';
import { sealJson } from '../files/sealed';
import { smallRun, smallSeries } from './run.fixture';
import { SingleRun } from './single-run';

let folder: string;
let store: SingleRun;
const path = (): string => join(folder, 'run.json');
const written = async (): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>;

const SCORE = { rmse: 2.5, mae: 2, bias: 0.1, correlation: 0.9, mase: 0.8 };
const METHOD = { ...SCORE, skill: 0.1, byLead: [SCORE] };
const MEASURED: Measured = {
  scores: { model: METHOD, persistence: METHOD, climatology: METHOD, ridge: METHOD },
  intervals: null,
  combination: {
    share: 0.7,
    parts: [{ name: 'ridge', share: 0.3, penalty: 0.01 }],
    errors: { lstm: 2.4, others: 2.5, chosen: 2.3 },
  },
  event: { threshold: 1, rows: 1, amounts: [], byLead: [{ intercept: -1, weights: [0.5, 0.25] }] },
};
const UNMEASURED = { scores: null, intervals: null, combination: null, event: null };

/** Makes the run's record one of version 1: what was measured stood by itself, each in a field of its own. */
async function writeVersion1(measures: object): Promise<void> {
  const { sha256: _seal, measured: _measured, ...rest } = await written();
  await writeFile(path(), sealJson({ ...rest, version: 1, ...measures }, 2));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-record-'));
  store = new SingleRun(folder);
  await store.create({ ...smallRun, status: 'completed', epochs: 3, keptEpoch: 2 }, smallSeries);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('run.json of version 1', () => {
  it('is read with what was measured as one value, and written so at its next change', async () => {
    const before = await store.record();
    // It had no amounts that count by their logarithm.
    const { amounts: _since02, ...event } = MEASURED.event!;
    await writeVersion1({ ...MEASURED, event });
    expect(await store.record()).toEqual({ ...before, measured: MEASURED });
    const summary = await store.update(store.id, { name: 'Mine' });
    expect(summary).toMatchObject({ name: 'Mine', scores: MEASURED.scores });
    expect(await written()).toMatchObject({ version: 2, name: 'Mine', measured: MEASURED });
  });

  it('that nothing was measured of stays so, whatever a resumed run still knew of rain', async () => {
    await writeVersion1(UNMEASURED);
    expect((await store.record()).measured).toBeNull();
    await writeVersion1({ ...UNMEASURED, event: MEASURED.event });
    expect((await store.record()).measured).toBeNull();
  });

  it('of numbers that JSON cannot hold gives them back', async () => {
    const { mase: _since02, correlation: _too, ...old } = SCORE;
    const before02 = { ...old, skill: null, byLead: [old] };
    const scores = { model: before02, persistence: before02, climatology: before02, ridge: before02 };
    await writeVersion1({ ...UNMEASURED, scores });
    expect((await store.record()).measured?.scores.model).toMatchObject({ rmse: 2.5, skill: NaN, mase: NaN });
  });

  it('of when ridge regression was all that stood beside the LSTM has it as the one part', async () => {
    await writeVersion1({
      ...MEASURED,
      combination: { share: 0.7, errors: { lstm: 2.4, ridge: 2.5, chosen: 2.3 } },
    });
    const { combination } = (await store.record()).measured!;
    expect(combination).toEqual({
      ...MEASURED.combination,
      parts: [{ name: 'ridge', share: expect.closeTo(0.3, 9), penalty: 0.01 }],
    });
    await writeVersion1({ ...MEASURED, combination: { share: 1, errors: { lstm: 2, ridge: 3, chosen: 2 } } });
    expect((await store.record()).measured!.combination!.parts).toEqual([]);
  });

  it('that is damaged or of a later version is refused as before', async () => {
    for (const change of [
      { ...MEASURED, combination: { share: 7 } },
      { ...MEASURED, event: undefined },
      { ...MEASURED, version: 3 },
      { measured: MEASURED },
    ]) {
      await store.update(store.id, {});
      await writeVersion1(change);
      await expect(store.record()).rejects.toMatchObject({ code: 'run-damaged' });
      await writeVersion1(MEASURED);
    }
  });
});

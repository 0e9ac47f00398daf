import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord } from '../contract/training';
import { makeFolder } from '../files/atomic';
import { memberFolder, packMember } from '../library';
import { checkpointOf, recordOf } from '../library/progress.fixture';
import { ProgressWriter, readProgress } from '../library/saved-progress';
import type { JobSender } from '../queue';
import { MemberFollower, tellingOnce } from './member-follower';
import { runOf } from './workers.fixture';

type Left = Awaited<ReturnType<JobSender['left']>>;

const EPOCHS = 10;
const MEMBER = 1;
const asked = { settings: runOf({ members: 2 }).settings, series: '0'.repeat(64), member: MEMBER };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-follower-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Trains on to an epoch, as far as what is kept goes. */
async function trainTo(last: number, run: string): Promise<void> {
  const within = memberFolder(run, MEMBER);
  await makeFolder(within);
  const before = await readProgress(within);
  const writer = await ProgressWriter.open(within, before);
  for (let epoch = (before?.checkpoint.epoch ?? 0) + 1; epoch <= last; epoch++)
    writer.write(recordOf(epoch), checkpointOf(epoch));
  writer.close();
}

/** What a worker has laid with the broker after so many epochs. */
async function leftAfter(step: number): Promise<Left> {
  const elsewhere = join(folder, `elsewhere-${step}`);
  await trainTo(step, elsewhere);
  return { step, bytes: await packMember(elsewhere, MEMBER) };
}

/** @param answers what is found at the broker, one question after another */
function followed(answers: readonly Promise<Left>[]) {
  const told: EpochRecord[] = [];
  const waiting = [...answers];
  const sender = { leaveMs: 0, left: () => waiting.shift() ?? Promise.resolve(null) };
  const run = join(folder, 'run');
  const tell = tellingOnce((event) => {
    if (event.kind === 'progress') told.push(...event.records);
  });
  const follower = new MemberFollower(sender, { folder: run, member: MEMBER, members: 2 }, EPOCHS, tell);
  follower.begin();
  const epochs = () => told.map(({ epoch }) => epoch);
  return { follower, run, tell, epochs };
}

describe('the epochs of a network that a worker trains', () => {
  it('are told once, though the broker answers when this machine has gone on', async () => {
    let answer = (_: Left): void => undefined;
    const late = new Promise<Left>((resolve) => (answer = resolve));
    const { follower, run, epochs } = followed([leftAfter(3), late]);
    follower.hear(0.3, asked);
    await expect.poll(epochs).toEqual([1, 2, 3]);
    follower.hear(0.4, asked);
    await follower.end();
    await trainTo(EPOCHS, run);
    answer(await leftAfter(5));
    await late;
    await follower.end();
    expect(epochs()).toEqual([1, 2, 3]);
    expect((await readProgress(memberFolder(run, MEMBER)))?.checkpoint.epoch).toBe(EPOCHS);
  });

  it('are told once, though who goes on does some of them again', async () => {
    const { follower, tell, epochs } = followed([leftAfter(3)]);
    follower.hear(0.3, asked);
    await expect.poll(epochs).toEqual([1, 2, 3]);
    await follower.end();
    const again = { fraction: 0.4, epochsPerSecond: 1, secondsLeft: 6, bestEpoch: 2 };
    for (const records of [[1, 2], [3, 4], [5]])
      tell({ kind: 'progress', records: records.map(recordOf), ...again });
    expect(epochs()).toEqual([1, 2, 3, 4, 5]);
  });
});

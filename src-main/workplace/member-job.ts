import { join } from 'node:path';
import { z } from 'zod';
import { phrase } from '../contract/phrases';
import { trainingSettingsSchema } from '../contract/settings';
import { packMember, SingleRun, unpackMember } from '../library';
import { workOn, type JobHooks, type JobKind, type WorkOf } from '../queue';
import type { Members } from '../services';
import { contentHash, inFolderOfItsOwn, keptSeriesOf } from './kept-series';
import { LocalWorkplace, type WorkplaceParts } from './local-workplace';
import { Waiting } from './waiting';

const askSchema = z
  .strictObject({
    settings: trainingSettingsSchema,
    series: contentHash,
    /** Counts from 0. */
    member: z.number().int().min(0),
  })
  // One alone has all cores, and its process for itself.
  .refine(({ settings, member }) => settings.members > Math.max(1, member), {
    params: { cause: phrase('form-value') },
  });
export type MemberAsk = z.infer<typeof askSchema>;
const answerSchema = z.strictObject({
  end: z.strictObject({
    reason: z.enum(['completed', 'early-stopping']),
    epochs: trainingSettingsSchema.shape.epochs,
    keptEpoch: trainingSettingsSchema.shape.epochs,
    seconds: z.number().min(0),
    msPerStep: z.number().min(0),
  }),
  versions: z.record(z.string().max(100), z.string().max(100)),
  left: contentHash,
});
export type MemberAnswer = z.infer<typeof answerSchema>;

/** One network of a training is trained to its end. */
export const MEMBER_JOB: JobKind<MemberAsk, MemberAnswer> = {
  name: 'train-member',
  ask: askSchema,
  answer: answerSchema,
};

/** What a worker does about a network. */
export function memberWork(parts: WorkplaceParts): WorkOf {
  return (contents) => {
    const kept = keptSeriesOf(contents);
    const place = new LocalWorkplace({ ...parts, parallel: 1 });
    const waiting = new Waiting<Members>(() => place.members());
    return workOn(
      MEMBER_JOB,
      ({ settings, series, member }, hooks) =>
        inFolderOfItsOwn(async (around) => {
          const folder = join(around, 'run');
          const run = { name: MEMBER_JOB.name, sourceFile: '', columns: [], settings };
          await new SingleRun(folder).create(run, await kept.get(series));
          await layProgress(folder, member, hooks);
          let versions: MemberAnswer['versions'] = {};
          const ask = { folder, member, members: settings.members };
          const end = await waiting.use(hooks.signal, (members) =>
            members.train(ask, (event) => {
              if (event.kind === 'started') versions = { ...event.versions };
              if (event.kind !== 'progress') return;
              hooks.onProgress(event.fraction);
              const epoch = event.records.at(-1)?.epoch ?? 0;
              hooks.leave(epoch, () => packMember(folder, member));
            }),
          );
          return answerSchema.parse({
            end,
            versions,
            left: await hooks.keep(await packMember(folder, member)),
          });
        }),
      () => waiting.close(),
    );
  };
}

/** What a worker left that had this job before. */
async function layProgress(folder: string, member: number, { takeUp, goesOn }: JobHooks): Promise<void> {
  const left = await takeUp();
  const known = left === null ? null : await unpackMember(left.bytes, folder, member).catch(() => null);
  if (known !== null) goesOn(known.checkpoint.epoch);
}

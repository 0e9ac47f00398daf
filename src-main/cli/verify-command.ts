import { resolve } from 'node:path';
import { eventText } from '../contract/event-text';
import { isSameEvent, type EventReport, type KeptWarning, type Warning } from '../contract/events';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import type { Verification } from '../contract/results';
import type { Series } from '../contract/series';
import {
  hasNewer,
  mappingFor,
  prepareNewer,
  verifyNewer,
  verifyNewerWarnings,
  type Forecaster,
  type NewerWindows,
} from '../forecaster';
import { eventContextOf, kindOfFolder, readForecaster } from '../model';
import { requireOperands } from './arguments';
import { JSON_OPTION, type Command, type CommandContext } from './command';
import { formatInstant } from '../series';
import { FORECASTS_OPTION, forecastsOfRun, readingFor, withReadings } from './readings';
import { withRun } from './run-folder';
import { describeScores, scoresToJson } from './training-run';
import { parseWarnings, WARNING_OPTIONS } from './warning-arguments';
import { reportLines, reportToJson } from './warning-lines';

export const verifyCommand: Command = {
  name: 'verify',
  synopsis: 'DIR FILE [--event E]',
  summary:
    'Scores a trained model on the newer readings of a file. DIR is the folder of a run or of an export. Only readings after the last one that was trained on count; neither the model nor the baselines learn from them. Of a file that holds none the part that was held back in training is scored. Without --event, what the run warns of is scored too.',
  options: { ...WARNING_OPTIONS, ...FORECASTS_OPTION, ...JSON_OPTION },
  async run(context) {
    const { args, terminal } = context;
    const [path = '', file = ''] = requireOperands(args, ['DIR', 'FILE']);
    const folder = resolve(path);
    const { forecaster, series } = await readForecaster(folder);
    const asked = parseWarnings(args, eventContextOf(series, forecaster.horizon));
    const newer = await withReadings(
      context,
      file,
      (reader, summary) => reader.series(summary.id, mappingFor(forecaster, summary)),
      await readingFor(folder),
      await forecastsOfRun(folder),
    );
    const isNewer = hasNewer(series, newer);
    const { verification, events } = isNewer
      ? await onNewer(context, folder, forecaster, prepareNewer(forecaster, series, newer), asked)
      : await onHeldBack(context, folder, forecaster, series, asked);
    const { time } = verification;
    const [from, to] = [time[0], time[time.length - 1]].map((moment) => formatInstant(moment ?? 0));
    if (!isNewer) terminal.say('The file holds no reading newer than those trained on.');
    const part = isNewer ? 'newer readings' : 'the held-back part';
    terminal.say(`${time.length} windows of ${part}, ${from} to ${to}`);
    terminal.say();
    for (const line of describeScores(verification, `on ${part}`)) terminal.say(line);
    for (const line of reportLines(events)) terminal.say(line);
    terminal.result({
      windows: time.length,
      part: isNewer ? 'newer' : 'held-back',
      from,
      to,
      ...scoresToJson(verification),
      events: events.map(reportToJson),
    });
  },
};

interface Verified {
  readonly verification: Verification;
  readonly events: readonly EventReport[];
}

async function onNewer(
  context: CommandContext,
  folder: string,
  forecaster: Forecaster,
  windows: NewerWindows,
  asked: readonly Warning[],
): Promise<Verified> {
  const verification = verifyNewer(forecaster, windows);
  const warnings = await learned(context, folder, forecaster, asked);
  return { verification, events: verifyNewerWarnings(windows, warnings) };
}

/** What training said of the part that was held back. @throws Problem 'nothing-newer' of an export, which knows no more of it */
async function onHeldBack(
  context: CommandContext,
  folder: string,
  { warnings: known }: Forecaster,
  { time }: Series,
  asked: readonly Warning[],
): Promise<Verified> {
  if ((await kindOfFolder(folder)) !== 'run') {
    throw new Problem('nothing-newer', { newest: formatInstant(time.at(-1) ?? 0) });
  }
  return withRun(context, folder, async ({ questions }, runId) => {
    const warnings = asked.length === 0 ? null : withKnownCosts(asked, known);
    return {
      verification: await questions.ask('verifyRun', { runId }),
      events: (await questions.ask('verifyWarnings', { runId, warnings, keep: false })).reports,
    };
  });
}

/**
 * What is asked for with what the run has learned of it, or learns now from its own readings; where nothing is, all that it
 * warns of. Nothing is kept. @throws Problem 'event-invalid' where it is an export, which cannot learn
 */
async function learned(
  context: CommandContext,
  folder: string,
  { warnings: known, step: { seconds: stepSeconds } }: Forecaster,
  asked: readonly Warning[],
): Promise<readonly KeptWarning[]> {
  const before = knownAs(known);
  const warnings = withKnownCosts(asked.length === 0 ? known : asked, known);
  if (warnings.every((each) => (before(each)?.learned ?? null) !== null)) {
    return warnings.map((each) => ({ ...each, learned: before(each)?.learned ?? null }));
  }
  if ((await kindOfFolder(folder)) !== 'run') {
    const [event = ''] = warnings.map((each) => eventText(each.event, stepSeconds));
    throw new Problem('event-invalid', { event, cause: phrase('event-of-export') });
  }
  return withRun(context, folder, async ({ questions }, runId) => {
    return (await questions.ask('verifyWarnings', { runId, warnings, keep: false })).kept;
  });
}

const knownAs =
  (known: readonly KeptWarning[]) =>
  ({ event }: Pick<Warning, 'event'>): KeptWarning | undefined =>
    known.find((each) => isSameEvent(each.event, event));

/** Costs that nothing is said of are those that the run knows of the same event. */
function withKnownCosts(warnings: readonly Warning[], known: readonly KeptWarning[]): Warning[] {
  return warnings.map(({ event, costs }) => ({
    event,
    costs: costs ?? knownAs(known)({ event })?.costs ?? null,
  }));
}

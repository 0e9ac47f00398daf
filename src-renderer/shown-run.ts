import type { RunDetail, RunSummary, RunTarget } from '../src-main/contract/runs';
import {
  onThisMachine,
  type Histories,
  type TrainingEvent,
  type TrainingUnderWay,
} from '../src-main/contract/training';
import { growHistories, liveFrom, withProgress, type LiveTraining } from './features/train/live-training';

/** The run that Train, Verify, Forecast and Export show, with its curve, or the mean of its networks' and each of theirs. */
export interface ShownRun extends Histories {
  /** null until a training that was asked for has begun. */
  readonly run: RunSummary | null;
  /** The models that its training gave, one for each target. */
  readonly targets: readonly RunTarget[];
  /** Its training, where the window saw it; null where it was only opened. */
  readonly live: LiveTraining | null;
}

/** A training that was asked for, of which nothing is known yet. */
export const AWAITED_RUN: ShownRun = { run: null, targets: [], history: [], memberHistories: [], live: null };

/** A run that is about to be resumed: its curve goes on, its targets are made again. */
export function resumedRun({ summary: run, history, memberHistories }: RunDetail): ShownRun {
  return { ...AWAITED_RUN, run, history, memberHistories };
}

/** A run as it lies on disk; what was seen of its training stays with it. While it trains, its curve is what was told. */
export function openedRun(before: ShownRun | null, detail: RunDetail, isTraining: boolean): ShownRun {
  const { summary: run, targets } = detail;
  const { history, memberHistories } = isTraining && before !== null ? before : detail;
  const live = before?.live?.runId === run.id ? before.live : null;
  return { run, targets, history, memberHistories, live };
}

/** A training that the window comes to late. */
export function joinedRun({ started, progress, history, memberHistories }: TrainingUnderWay): ShownRun {
  const live = liveFrom(started);
  return {
    ...AWAITED_RUN,
    history,
    memberHistories,
    live: progress === null ? live : withProgress(live, progress),
  };
}

/** The run with its summary, once its training has begun; its curve comes from the events. */
export function withSummary(shown: ShownRun | null, run: RunSummary): ShownRun | null {
  return shown === null || (shown.run !== null && shown.run.id !== run.id) ? shown : { ...shown, run };
}

/** The same with something else known of a run, where it is this one. */
export function withChanges(
  shown: ShownRun | null,
  runId: string,
  changes: Partial<RunSummary>,
): ShownRun | null {
  return shown?.run?.id === runId ? { ...shown, run: { ...shown.run, ...changes } } : shown;
}

/** What is shown once a run is there no more. */
export function withoutRun(shown: ShownRun | null, runId: string): ShownRun | null {
  return shown?.run?.id === runId ? null : shown;
}

/** What is shown after an event of the running training. */
export function afterEvent(shown: ShownRun | null, event: TrainingEvent): ShownRun | null {
  switch (event.kind) {
    case 'started':
      return started(shown ?? AWAITED_RUN, event);
    case 'progress':
      return shown?.live?.runId === event.runId
        ? { ...shown, ...growHistories(shown, event), live: withProgress(shown.live, event) }
        : shown;
    case 'paused':
    case 'resumed':
      return shown;
    case 'goes-on-here':
      return shown?.live ? { ...shown, live: onThisMachine(shown.live) } : shown;
    case 'cancelled':
      return null;
    case 'finished':
    case 'failed':
      return shown?.live ? { ...shown, live: { ...shown.live, secondsLeft: 0, outcome: event } } : shown;
  }
}

/** Epochs that were reported and not saved are trained again. */
function started(shown: ShownRun, event: Extract<TrainingEvent, { readonly kind: 'started' }>): ShownRun {
  return {
    ...shown,
    history: shown.history.filter(({ epoch }) => epoch <= event.resumedAfter),
    memberHistories: event.resumedAfter === 0 ? [] : shown.memberHistories,
    live: liveFrom(event),
  };
}

import {
  meanHistory,
  onThisMachine,
  type EpochRecord,
  type Histories,
  type TrainingEvent,
  type TrainingUnderWay,
} from '../contract/training';

type Started = Extract<TrainingEvent, { kind: 'started' }>;
type Progress = Extract<TrainingEvent, { kind: 'progress' }>;

/** All events since a training began. */
interface Told {
  started: Started;
  state: TrainingUnderWay['state'];
  progress: Progress | null;
  /** The epochs since it began, of each network. */
  readonly records: EpochRecord[][];
}

/** Remembers the events of the running training, to repeat them to a window that opens later. */
export class LiveTraining {
  #told: Told | null = null;

  take(event: TrainingEvent): void {
    switch (event.kind) {
      case 'started':
        this.#told = { started: event, state: 'running', progress: null, records: [] };
        return;
      case 'progress':
        if (this.#told !== null) keep(this.#told, event);
        return;
      case 'paused':
      case 'resumed':
        if (this.#told !== null) this.#told.state = event.kind === 'paused' ? 'paused' : 'running';
        return;
      case 'goes-on-here':
        if (this.#told !== null) this.#told.started = onThisMachine(this.#told.started);
        return;
      case 'cancelled':
      case 'finished':
      case 'failed':
        this.#told = null;
    }
  }

  /**
   * null where none is under way. What it gives joins without a gap to the events that come after it.
   * @param readCurve what the disk holds of its curve: the epochs before it was resumed are there alone
   */
  async underWay(readCurve: (runId: string) => Promise<Histories>): Promise<TrainingUnderWay | null> {
    const told = this.#told;
    if (told === null) return null;
    const kept = await readCurve(told.started.runId);
    return this.#told === told ? withCurve(told, kept) : null;
  }
}

/** Asks `readHistories` for every epoch of a run, also those that its record does not know yet. */
export function allEpochs(members: number): {
  readonly epochs: number;
  readonly members: { epochs: number; keptEpoch: number }[] | undefined;
} {
  const each = { epochs: Infinity, keptEpoch: 0 };
  return {
    epochs: Infinity,
    members: members === 1 ? undefined : Array.from({ length: members }, () => each),
  };
}

function keep(told: Told, event: Progress): void {
  told.progress = event;
  const member = event.member ?? 0;
  while (told.records.length <= member) told.records.push([]);
  told.records[member]!.push(...event.records);
}

function withCurve({ started, state, progress, records }: Told, kept: Histories): TrainingUnderWay {
  const grown = (before: readonly EpochRecord[], member: number): readonly EpochRecord[] => {
    const since = records[member] ?? [];
    const first = since[0]?.epoch ?? Infinity;
    return [...before.filter(({ epoch }) => epoch < first), ...since];
  };
  if (kept.memberHistories.length === 0) {
    return { started, state, progress, history: grown(kept.history, 0), memberHistories: [] };
  }
  const memberHistories = kept.memberHistories.map(grown);
  return { started, state, progress, history: meanHistory(memberHistories), memberHistories };
}

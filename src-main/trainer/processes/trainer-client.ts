import type { TrainingAction } from '../../contract/training';
import { TaskClient } from '../../processes/task-client';
import type { WorkProcess } from '../../processes/work-process';
import type { TrainerEvent, TrainerEventMessage, TrainerRequest, TrainerTasks, TaskNews } from './protocol';

/** Asks a trainer process, and steers it. */
export class TrainerClient extends TaskClient<TrainerTasks, TaskNews, TrainerEventMessage> {
  readonly #send: (request: TrainerRequest) => void;

  constructor(
    process: WorkProcess<TrainerRequest>,
    onEvent: (event: TrainerEvent) => void = () => undefined,
  ) {
    super(process as WorkProcess, ({ event }) => onEvent(event));
    this.#send = (request) => process.send(request);
  }

  control(action: TrainingAction): void {
    this.#send({ kind: 'control', action });
  }
}

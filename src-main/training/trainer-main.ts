import { toProblem } from '../contract/problems';
import { importanceTask, rollingTask, type TellProgress } from './analysis-tasks';
import type { TaskName, TrainerEvent, TrainerMessage, TrainerRequest, TrainerTasks } from './protocol';
import {
  exportTask,
  forecastTask,
  furtherTargetsTask,
  insideTask,
  readExportTask,
  verifyTask,
} from './result-tasks';
import { addReadingsTask, forecastLogTask, mappingTask } from './log-tasks';
import { reportTask } from './report-task';
import { trainTask } from './train-task';
import { TrainingControl } from './training-control';
import { trialTask } from './trial-task';
import { warmUp } from './warm-up';

/** The entry of a trainer process: everything that touches TensorFlow or many numbers happens here. */

interface Port {
  post(message: TrainerMessage): void;
  listen(listener: (request: TrainerRequest) => void): void;
}

/** Electron's `process.parentPort`, as far as we use it. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

function connect(): Port {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      post: (message) => parentPort.postMessage(message),
      listen: (listener) => parentPort.on('message', ({ data }) => listener(data as TrainerRequest)),
    };
  }
  // A trainer whose parent is gone has nobody to train for; what is finished is on the disk.
  process.on('disconnect', () => process.exit(0));
  // Control-C in a terminal reaches the whole group; it is the parent who decides.
  process.on('SIGINT', () => undefined);
  return {
    post: (message) => process.send?.(message),
    listen: (listener) => process.on('message', (message) => listener(message as TrainerRequest)),
  };
}

const port = connect();
/** Of the training or trial under way. */
let control = new TrainingControl();
const tell = (event: TrainerEvent): void => port.post({ kind: 'event', event });

function freshControl(): TrainingControl {
  control = new TrainingControl();
  return control;
}

type TaskMap = {
  readonly [N in TaskName]: (
    ask: TrainerTasks[N]['ask'],
    onProgress: TellProgress,
  ) => Promise<TrainerTasks[N]['answer']>;
};

const tasks: TaskMap = {
  train: (ask) => trainTask(ask, freshControl(), tell),
  trial: (ask) => trialTask(ask, freshControl(), tell),
  verify: ({ folder }) => verifyTask(folder),
  forecast: ({ folder }) => forecastTask(folder),
  inside: ({ folder, place, layer }) => insideTask(folder, place, layer),
  exportTfjs: ({ folder, destination }) => exportTask(folder, destination),
  report: ({ folder, language }) => reportTask(folder, language),
  importance: ({ folder }, onProgress) => importanceTask(folder, onProgress),
  rolling: ({ folder, options }, onProgress) => rollingTask(folder, options, onProgress),
  mapping: ({ folder, summary }) => mappingTask(folder, summary),
  addReadings: ({ folder, newer }) => addReadingsTask(folder, newer),
  forecastLog: ({ folder }) => forecastLogTask(folder),
  furtherTargets: ({ folder }) => furtherTargetsTask(folder),
  readExport: ({ file }) => readExportTask(file),
};

async function answer<N extends TaskName>(id: number, task: N, ask: TrainerTasks[N]['ask']): Promise<void> {
  const onProgress: TellProgress = async (done, total) => {
    port.post({ kind: 'work', id, done, total });
    // The channel gets its turn between two pieces of work.
    await new Promise((resolve) => setImmediate(resolve));
  };
  try {
    port.post({ kind: 'done', id, value: await tasks[task](ask, onProgress) });
  } catch (error) {
    port.post({ kind: 'failed', id, problem: toProblem(error).toData() });
  }
}

port.listen((request) => {
  if (request.kind === 'control') control.apply(request.action);
  else if (request.kind === 'warm-up') warmUp();
  else void answer(request.id, request.task, request.ask);
});

import { connectToParent } from '../processes/parent-port';
import { answerTask, type TaskFunctions } from '../processes/task-server';
import { importanceTask, rollingTask, type TellProgress } from './tasks/analysis-tasks';
import type {
  TrainerEvent,
  TrainerMessage,
  TrainerRequest,
  TrainerTasks,
  WorkDone,
} from './processes/protocol';
import {
  exportTask,
  forecastTask,
  furtherTargetsTask,
  insideTask,
  readExportTask,
  statefulTask,
  verifyTask,
} from './tasks/result-tasks';
import { addReadingsTask, forecastLogTask, mappingTask } from './tasks/log-tasks';
import { reportTask } from './tasks/report-task';
import { trainTask } from './tasks/train-task';
import { TrainingControl } from '../training/training-control';
import { trialTask } from './tasks/trial-task';
import { warmUp } from './tasks/warm-up';

/** The entry of a trainer process: everything that touches TensorFlow or many numbers happens here. */

const port = connectToParent<TrainerRequest, TrainerMessage>();
/** Of the training or trial under way. */
let control = new TrainingControl();
const tell = (event: TrainerEvent): void => port.post({ kind: 'event', event });

function freshControl(): TrainingControl {
  control = new TrainingControl();
  return control;
}

const tasks: TaskFunctions<TrainerTasks, WorkDone> = {
  train: (ask) => trainTask(ask, freshControl(), tell),
  trial: (ask) => trialTask(ask, freshControl(), tell),
  verify: ({ folder }) => verifyTask(folder),
  forecast: ({ folder }) => forecastTask(folder),
  inside: ({ folder, place, layer }) => insideTask(folder, place, layer),
  stateful: ({ folder }) => statefulTask(folder),
  exportTfjs: ({ folder, destination }) => exportTask(folder, destination),
  report: ({ folder, language }) => reportTask(folder, language),
  importance: ({ folder }, tellWork) => importanceTask(folder, inTurns(tellWork)),
  rolling: ({ folder, options }, tellWork) => rollingTask(folder, options, inTurns(tellWork)),
  mapping: ({ folder, summary }) => mappingTask(folder, summary),
  addReadings: ({ folder, newer }) => addReadingsTask(folder, newer),
  forecastLog: ({ folder }) => forecastLogTask(folder),
  furtherTargets: ({ folder }) => furtherTargetsTask(folder),
  readExport: ({ file }) => readExportTask(file),
};

/** The channel gets its turn between two pieces of work. */
function inTurns(tellWork: (work: WorkDone) => void): TellProgress {
  return async (done, total) => {
    tellWork({ done, total });
    await new Promise((resolve) => setImmediate(resolve));
  };
}

port.listen((request) => {
  if (request.kind === 'control') control.apply(request.action);
  else if (request.kind === 'warm-up') warmUp();
  else void answerTask<TrainerTasks, WorkDone>(tasks, request, (reply) => port.post(reply));
});

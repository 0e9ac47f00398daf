import { connectToParent } from '../processes/parent-port';
import { answerTask } from '../processes/task-server';
import { analysisTasks } from './tasks/analysis-tasks';
import type {
  TaskNews,
  TrainerEvent,
  TrainerFunctions,
  TrainerMessage,
  TrainerRequest,
  TrainerTasks,
} from './processes/protocol';
import { resultTasks } from './tasks/result-tasks';
import { logTasks } from './tasks/log-tasks';
import { reportTasks } from './tasks/report-task';
import { describeEngine, trainTask } from './tasks/train-task';
import { TrainingControl } from '../training/training-control';
import { shareModel } from './tasks/shared-task';
import { searchTasks, trialTask } from './tasks/trial-task';
import { warningTasks } from './tasks/warning-tasks';
import { warmUp } from './tasks/warm-up';
import { watchTasks } from './tasks/watch-tasks';

/** The entry of a trainer process: everything that touches TensorFlow or many numbers happens here. */

const port = connectToParent<TrainerRequest, TrainerMessage>();
/** Of the training or trial under way. */
let control = new TrainingControl();
const tell = (event: TrainerEvent): void => port.post({ kind: 'event', event });

function freshControl(): TrainingControl {
  control = new TrainingControl();
  return control;
}

const tasks: TrainerFunctions = {
  train: (ask) => trainTask(ask, freshControl(), tell),
  describeEngine,
  trial: (ask) => trialTask(ask, freshControl(), tell),
  shareModel: (ask, tellNews) => shareModel(ask, freshControl(), tellNews),
  ...searchTasks,
  ...resultTasks,
  ...logTasks,
  ...reportTasks,
  ...warningTasks,
  ...analysisTasks,
  ...watchTasks,
};

port.listen((request) => {
  if (request.kind === 'control') control.apply(request.action);
  else if (request.kind === 'warm-up') warmUp();
  else void answerTask<TrainerTasks, TaskNews>(tasks, request, (reply) => port.post(reply));
});

import type { EpochProgress, TrainingAction } from '../../contract/training';
import type { ColumnMapping, DatasetSummary } from '../../contract/dataset';
import type { ExportFormat, ExportReport } from '../../contract/export-formats';
import type { AddedReadings } from '../../contract/forecast-log';
import type { KeptWarning } from '../../contract/events';
import type { Place } from '../../contract/fleet';
import type { Language } from '../../contract/language';
import type { Measured } from '../../contract/measured';
import type { RequestInput, RequestOutputs, RunQuestion } from '../../contract/requests';
import type { SearchTrial } from '../../contract/search';
import type { SharedReport } from '../../contract/shared-model';
import type { Series } from '../../contract/series';
import type { TrainingSettings } from '../../contract/settings';
import type { Issued, ModelsCompared, WorseTest } from '../../contract/watch';
import type { TaskFunctions } from '../../processes/task-server';
import type { TaskReply, TaskRequest } from '../../processes/tasks';
import type { ReadyRun } from '../../model/ready-run';
import type { MemberEnd } from '../../training/training-end';

/** Of a run: the folder that it lies in. */
interface OfRun {
  readonly folder: string;
}

/** The questions to a run as a trainer hears them: with the run's folder (null as its id is) instead of its id. */
type RunQuestionTasks = {
  readonly [N in RunQuestion]: {
    readonly ask: Omit<RequestInput<N>, 'runId'> & { readonly folder: RequestInput<N>['runId'] };
    readonly answer: RequestOutputs[N];
  };
};

/** What of a run only Hindcast itself asks: each with what it answers. */
interface OwnRunTasks {
  /** Writes the files into a folder that holds none of them, and tries each format. */
  readonly exportFormats: {
    readonly ask: OfRun & { readonly destination: string; readonly formats: readonly ExportFormat[] };
    readonly answer: ExportReport;
  };
  /** The report as one HTML page. */
  readonly report: { readonly ask: OfRun & { readonly language: Language }; readonly answer: string };
  /** How a file of newer readings is read for the run. */
  readonly mapping: {
    readonly ask: OfRun & { readonly summary: DatasetSummary };
    readonly answer: ColumnMapping;
  };
  readonly keepReadings: { readonly ask: OfRun & { readonly newer: Series }; readonly answer: AddedReadings };
  /** See `trainer/tasks/watch-tasks.ts`. */
  readonly issueForecast: {
    /** `keeps`: whether the readings are kept; of several forecasts at once those of the last hold all of them. */
    readonly ask: OfRun & { readonly newer: Series; readonly worse: WorseTest; readonly keeps: boolean };
    readonly answer: Issued;
  };
  /** See `trainer/tasks/watch-tasks.ts`. `candidate`: the folder of a run that was trained on all readings of this one. */
  readonly compareModels: {
    readonly ask: OfRun & { readonly candidate: string };
    readonly answer: ModelsCompared;
  };
  /** The models of the further targets that the run has learned. */
  readonly furtherTargets: { readonly ask: OfRun; readonly answer: readonly ReadyRun[] };
}

/** What is asked of a trained run. */
export interface RunTasks extends RunQuestionTasks, OwnRunTasks {}

/** What a trainer process can be asked, each with what it answers. */
export interface TrainerTasks extends RunTasks {
  readonly train: {
    /** `member` counts from 0. */
    readonly ask: OfRun & { readonly member: number; readonly members: number };
    readonly answer: MemberEnd;
  };
  readonly trial: { readonly ask: TrialAsk; readonly answer: TrialScore };
  /** RMSE of the trial as it would forecast, on the validation part; `epoch` is that of its weights. */
  readonly compareTrial: {
    readonly ask: TrialPlace & { readonly epoch: number };
    readonly answer: number | null;
  };
  /** Inputs by name, that which tells most first. */
  readonly rankInputs: {
    readonly ask: Pick<TrialPlace, 'seriesFolder' | 'settings'> & { readonly candidates: readonly string[] };
    readonly answer: readonly string[];
  };
  /** What it computes with. */
  readonly describeEngine: {
    readonly ask: null;
    readonly answer: { readonly device: string; readonly kernels: string };
  };
  /** See `trainer/tasks/shared-task.ts`. */
  readonly shareModel: { readonly ask: ShareAsk; readonly answer: SharedReport };
  readonly readExport: { readonly ask: { readonly file: string }; readonly answer: ReadyRun };
}
export type TaskName = keyof TrainerTasks;
/** The functions of a trainer process; a file of tasks has some of them. */
export type TrainerFunctions = TaskFunctions<TrainerTasks, TaskNews>;

/** The trained stations of a fleet. */
export interface ShareAsk {
  /** Of the fleet; what else is named lies within. */
  readonly folder: string;
  readonly stations: readonly {
    readonly name: string;
    readonly place: Place | null;
    /** The folder of its run, and that for the run of the shared model there, which gives way. */
    readonly run: string;
    readonly shared: string;
  }[];
  /** Whether the learning curve is made too. */
  readonly curve: boolean;
  /** The folder for how far it is, until it is done; within that of the fleet. */
  readonly progress: string;
}

/** A trial of a search. */
export interface TrialPlace {
  /** Where the readings lie. */
  readonly seriesFolder: string;
  /** Where the trial keeps how far it has come. */
  readonly folder: string;
  readonly settings: TrainingSettings;
  /** Inputs that it does without, by name. */
  readonly without: readonly string[];
}

/** It is to be trained on until it has so many epochs. */
export interface TrialAsk extends TrialPlace {
  readonly epochs: number;
}

/** How far a trial has come, and how good it is there. */
export type TrialScore = Pick<SearchTrial, 'epochs' | 'bestEpoch' | 'rmse' | 'state'>;

export type TrainerRequest =
  | TaskRequest<TrainerTasks>
  | { readonly kind: 'control'; readonly action: TrainingAction }
  /** Asks a process that waits for its task to load what every training needs. */
  | { readonly kind: 'warm-up' };

/** What a training tells on its way; one training a process at a time. */
export type TrainerEvent =
  | {
      readonly kind: 'started';
      readonly epochs: number;
      /** The epochs that were done before; 0: it begins. */
      readonly resumedAfter: number;
      /** As in `TrainingEvent`, as is the next. */
      readonly device: string;
      readonly broker?: string;
      readonly versions: Readonly<Record<string, string>>;
      readonly windows: { readonly train: number; readonly validation: number; readonly test: number };
    }
  | ({ readonly kind: 'progress' } & EpochProgress)
  | { readonly kind: 'paused' | 'resumed' }
  /** What had been handed to other machines is trained on this one from now on: they cannot be reached. */
  | { readonly kind: 'goes-on-here' }
  /** A trial has so many epochs now. */
  | { readonly kind: 'trial'; readonly epochs: number };

/** What a task tells on its way. */
export type TaskNews =
  /** How far it is: `done` of `total` equal pieces, of which `before` were done when it was gone on with. */
  | { readonly kind: 'work'; readonly done: number; readonly total: number; readonly before?: number }
  /** The measures of the test part, computed in passing: they are kept with the run. */
  | { readonly kind: 'measured'; readonly measured: Measured }
  /** What the run warns of from now on. */
  | { readonly kind: 'warnings'; readonly warnings: readonly KeptWarning[] };

export interface TrainerEventMessage {
  readonly kind: 'event';
  readonly event: TrainerEvent;
}

export type TrainerMessage = TaskReply<TrainerTasks, TaskNews> | TrainerEventMessage;

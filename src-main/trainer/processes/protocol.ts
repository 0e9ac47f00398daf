import type { EpochProgress, TrainingAction } from '../../contract/training';
import type { Inside, StatefulPass } from '../../contract/inside';
import type { ColumnMapping, DatasetSummary } from '../../contract/dataset';
import type { AddedReadings, ForecastLog } from '../../contract/forecast-log';
import type { Importance } from '../../contract/importance';
import type { Language } from '../../contract/language';
import type { Measured } from '../../contract/measured';
import type { RollingHindcast, RollingOptions } from '../../contract/rolling';
import type { Verification } from '../../contract/results';
import type { SearchTrial } from '../../contract/search';
import type { Series } from '../../contract/series';
import type { TrainingSettings } from '../../contract/settings';
import type { TaskReply, TaskRequest } from '../../processes/tasks';
import type { MeasuredForecast, WrittenReport } from '../../model/measured';
import type { ReadyRun } from '../../model/ready-run';
import type { MemberEnd } from '../../training/training-end';

/** What a trainer process can be asked, each with what it answers. `folder` is a run's. */
export interface TrainerTasks {
  readonly train: {
    /** `member` counts from 0. */
    readonly ask: { readonly folder: string; readonly member: number; readonly members: number };
    readonly answer: MemberEnd;
  };
  readonly trial: { readonly ask: TrialAsk; readonly answer: TrialScore };
  readonly verify: { readonly ask: { readonly folder: string }; readonly answer: Verification };
  readonly forecast: { readonly ask: { readonly folder: string }; readonly answer: MeasuredForecast };
  readonly inside: {
    readonly ask: { readonly folder: string; readonly place: number | null; readonly layer: number };
    readonly answer: Inside;
  };
  /** folder null: the lesson's */
  readonly stateful: { readonly ask: { readonly folder: string | null }; readonly answer: StatefulPass };
  readonly exportTfjs: {
    /** `destination` is a folder that holds none of the files. */
    readonly ask: { readonly folder: string; readonly destination: string };
    readonly answer: Measured;
  };
  readonly report: {
    readonly ask: { readonly folder: string; readonly language: Language };
    readonly answer: WrittenReport;
  };
  readonly importance: { readonly ask: { readonly folder: string }; readonly answer: Importance };
  readonly rolling: {
    readonly ask: { readonly folder: string; readonly options: RollingOptions };
    readonly answer: RollingHindcast;
  };
  readonly mapping: {
    readonly ask: { readonly folder: string; readonly summary: DatasetSummary };
    readonly answer: ColumnMapping;
  };
  readonly addReadings: {
    readonly ask: { readonly folder: string; readonly newer: Series };
    readonly answer: AddedReadings;
  };
  readonly forecastLog: { readonly ask: { readonly folder: string }; readonly answer: ForecastLog };
  /** The models of the further targets that a run has learned. */
  readonly furtherTargets: {
    readonly ask: { readonly folder: string };
    readonly answer: readonly ReadyRun[];
  };
  readonly readExport: { readonly ask: { readonly file: string }; readonly answer: ReadyRun };
}
export type TaskName = keyof TrainerTasks;

/** A trial of a search, to be trained on until it has so many epochs. */
export interface TrialAsk {
  /** Where the readings lie. */
  readonly seriesFolder: string;
  /** Where the trial keeps how far it has come. */
  readonly folder: string;
  readonly settings: TrainingSettings;
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
      readonly device: string;
      readonly versions: Readonly<Record<string, string>>;
      readonly windows: { readonly train: number; readonly validation: number; readonly test: number };
    }
  | ({ readonly kind: 'progress' } & EpochProgress)
  | { readonly kind: 'paused' | 'resumed' }
  /** A trial has so many epochs now. */
  | { readonly kind: 'trial'; readonly epochs: number };

/** How far a long calculation is. */
export interface WorkDone {
  readonly done: number;
  readonly total: number;
}

export interface TrainerEventMessage {
  readonly kind: 'event';
  readonly event: TrainerEvent;
}

export type TrainerMessage = TaskReply<TrainerTasks, WorkDone> | TrainerEventMessage;

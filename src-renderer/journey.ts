import type { ColumnMapping, DatasetSummary } from '../src-main/contract/dataset';
import type { RunSummary } from '../src-main/contract/runs';
import { mappingErrors } from './features/columns/mapping';
import type { LiveTraining } from './features/train/live-training';

/** The journey in its order. */
export const JOURNEY = ['data', 'columns', 'model', 'train', 'verify', 'forecast', 'export'] as const;
/** What stands beside the journey. */
export const ASIDE = ['search', 'fleet', 'inside', 'runs'] as const;
export type Step = (typeof JOURNEY)[number] | (typeof ASIDE)[number];

/** What decides which steps are open. */
interface Work {
  readonly dataset: DatasetSummary | null;
  readonly mapping: ColumnMapping | null;
  readonly run: RunSummary | null;
  readonly training: 'idle' | 'running' | 'paused';
  readonly live: LiveTraining | null;
}

/** A step opens when the one before it is done; a reopened run also opens the steps that need no data set. */
export function isStepOpen(step: Step, { dataset, mapping, run, training, live }: Work): boolean {
  switch (step) {
    case 'data':
    case 'fleet':
    case 'inside':
    case 'runs':
      return true;
    case 'columns':
      return dataset !== null && mapping !== null;
    case 'model':
    case 'search':
      return dataset !== null && mapping !== null && mappingErrors(mapping, dataset).length === 0;
    case 'train':
      return training !== 'idle' || live !== null || run !== null;
    case 'verify':
    case 'forecast':
    case 'export':
      return (
        training === 'idle' &&
        run !== null &&
        run.status !== 'training' &&
        (run.epochs > 0 || run.status === 'imported')
      );
  }
}

/** Whether the rail ticks a step. */
export function isStepDone(step: Step, work: Work): boolean {
  switch (step) {
    case 'data':
      return isStepOpen('columns', work);
    case 'columns':
      return isStepOpen('model', work);
    case 'model':
    case 'train':
      return isStepOpen('verify', work);
    case 'verify':
      return work.run !== null && work.run.scores !== null;
    default:
      return false;
  }
}

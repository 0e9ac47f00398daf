import {
  chooseExecution,
  chooseThreads,
  configureThreads,
  describeMachine,
  loadNative,
  TrainingSession,
} from '../engine';

type Open = Parameters<typeof TrainingSession.open>;

let threadsAreChosen = false;

/**
 * A session that keeps to one core, as others train on the others: its numbers are the same however many cores there
 * are. May be opened again and again in one process, if all its sessions are opened so.
 * @throws Problem 'engine-missing'
 */
export function openOnOneCore(plan: Open[0], data: Open[1], state: Open[2]): TrainingSession {
  if (!threadsAreChosen) configureThreads({ intraOpThreads: 1, interOpThreads: 1, oneDnn: false });
  threadsAreChosen = true;
  // First the library: it tells which kernels there are.
  loadNative();
  return TrainingSession.open(plan, data, state, chooseExecution(plan, { ...describeMachine(), cores: 1 }));
}

/** A session that uses the machine as it pays for the job. The first of its process. @throws Problem 'engine-missing' */
export function openOnAllCores(plan: Open[0], data: Open[1], state: Open[2]): TrainingSession {
  configureThreads(chooseThreads(plan, describeMachine()));
  return TrainingSession.open(plan, data, state);
}

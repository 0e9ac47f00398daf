/** How often those who use a broker look, and how long they wait; milliseconds. */
export interface Timing {
  /** A job whose worker has not been heard of for so long is given to another. */
  readonly lockMs: number;
  /** How often one looks whether a worker is gone. */
  readonly stalledMs: number;
  /** How often a worker says that it is there and how far it is. */
  readonly beatMs: number;
  /** How often who handed work in looks for results. */
  readonly lookMs: number;
  /** How soon one that lost its connection tries again. */
  readonly retryMs: number;
  /** How often a worker lays with the broker how far a job is, at most. */
  readonly leaveMs: number;
  /** Who handed in what this machine could do as well waits so long for a broker that is away. */
  readonly awayMs: number;
  /** For how long a worker that failed for want of its machine takes nothing; twice as long after each further time. */
  readonly restMs: number;
  /** Workers that may end in the middle of a job before it is set aside: often it is the machine, and not the job. */
  readonly mostStalls: number;
}

export const USUAL_TIMING: Timing = {
  lockMs: 30_000,
  stalledMs: 15_000,
  beatMs: 2000,
  lookMs: 500,
  retryMs: 1000,
  leaveMs: 10_000,
  awayMs: 5000,
  restMs: 5000,
  mostStalls: 5,
};

/** Failures of a job after which it is set aside with its reason. */
export const MOST_ATTEMPTS = 3;

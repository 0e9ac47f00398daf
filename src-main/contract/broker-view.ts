import type { ProblemData } from './problems';

/** A worker of a broker, as the window shows it. */
export interface WorkerView {
  readonly name: string;
  /** Of Hindcast. */
  readonly version: string;
  readonly kernels: string;
  /** 'CPU' or 'GPU'. */
  readonly device: string;
  /** Whether it does work of this Hindcast: one of another version or with other kernels takes nothing of it. */
  readonly isAlike: boolean;
  /** At a time. */
  readonly jobs: number;
  /** Jobs a minute since it began; null before the first is done. */
  readonly perMinute: number | null;
  /** What it is at, each with how far it is: 0 to 1, null where that cannot be known. */
  readonly doing: readonly (number | null)[];
}

/**
 * Where fleets are trained. 'none': on this machine; 'idle': with a broker that nobody has turned to yet; 'away': it was
 * reached before, and is waited for; 'failed': it cannot be used.
 */
export type BrokerState = 'none' | 'idle' | 'connecting' | 'reached' | 'away' | 'failed';

/** The broker that is set, without its password. */
export interface BrokerView {
  readonly state: BrokerState;
  /** 'host:port'; null where none is set. */
  readonly place: string | null;
  /** Whether its address lies in the system's key store, or is forgotten when the app ends. */
  readonly isKept: boolean;
  readonly problem: ProblemData | null;
  readonly workers: readonly WorkerView[];
}

/** Of an address, with what belongs to it. */
export const MOST_ADDRESS_CHARACTERS = 2000;

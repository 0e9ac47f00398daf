/** How often warnings and what they warned of came together. */
export interface Contingency {
  readonly hits: number;
  readonly misses: number;
  readonly falseAlarms: number;
  readonly correctNegatives: number;
}

/** Scores of such a table; NaN where one is not defined. */
export interface CategoricalScores {
  /** Probability of detection: the share of events that were warned of. 1 is best. */
  readonly pod: number;
  /** False alarm ratio: the share of warnings that nothing followed. 0 is best. */
  readonly far: number;
  /** Critical success index: hits among all that was an event or a warning. 1 is best. */
  readonly csi: number;
  /** Equitable threat score (Gilbert): the same, with what chance would hit taken off. */
  readonly ets: number;
  /** Heidke skill score: 1 is best, 0 no better than chance. */
  readonly hss: number;
  /** Frequency bias: warnings for each event. 1 is as many of one as of the other. */
  readonly bias: number;
  /** Peirce skill score: `pod` minus the share of non-events that were warned of. */
  readonly peirce: number;
  /** Symmetric extremal dependence index: for rare events, where the others go to nothing. */
  readonly sedi: number;
}

/** What warning above a probability would have hit, and cried in vain. */
export interface RocPoint {
  readonly threshold: number;
  /** Share of the non-events that would have been warned of. */
  readonly falseAlarmRate: number;
  readonly hitRate: number;
}

/** How often it happened where a probability was given, and between what that lies nine times of ten where the probabilities are right. */
export interface ReliabilityBar {
  readonly forecast: number;
  readonly frequency: number;
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** What a Brier score is made of: reliability - resolution + uncertainty + withinBins. */
export interface BrierParts {
  /** How far the probabilities are from how often it happened. 0 is best. */
  readonly reliability: number;
  /** How far how often it happened differs from one probability to the other. More is better. */
  readonly resolution: number;
  /** How uncertain the event is in itself. */
  readonly uncertainty: number;
  /** What taking ten bins for ten forecasts leaves out. */
  readonly withinBins: number;
}

/** Relative economic value for those to whom covering costs `ratio` of the damage. */
export interface ValuePoint {
  readonly ratio: number;
  readonly value: number;
}

/** What was spent on covering and on damage together. */
export interface Savings {
  readonly warned: number;
  readonly always: number;
  readonly never: number;
  /** By who knew beforehand. */
  readonly perfect: number;
}

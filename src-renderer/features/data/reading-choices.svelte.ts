import { DETECT_ALL, type DatasetSummary, type ReadingOptions } from '../../../src-main/contract/dataset';

/** What the file itself said, by choice; missing words have no finding of their own. */
export interface Detected {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  readonly headerLine?: number;
  readonly dateFormat?: string;
  readonly zone?: string;
  readonly station?: string;
}

/** A choice is read after this delay: stepping through a list or typing a number does not read the file at each step. */
const PAUSE = 250;

/** How the file is to be read, as the panel shows it: ahead of what is open while a new reading is under way. */
export class ReadingChoices {
  wanted = $state.raw<ReadingOptions>(DETECT_ALL);
  /** What was found where nothing was asked for; it stays known while a choice hides it. */
  detected = $state.raw<Detected>({});
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #read: (options: ReadingOptions) => void;

  /** @param read reads the file again in this way */
  constructor(read: (options: ReadingOptions) => void) {
    this.#read = read;
  }

  change(choice: Partial<ReadingOptions>): void {
    const wanted = { ...this.wanted, ...choice };
    if (JSON.stringify(wanted) === JSON.stringify(this.wanted)) return;
    this.wanted = wanted;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(wanted), PAUSE);
  }

  /** Takes over the options of what is open now; nothing waits to be read any more. */
  settle(options: ReadingOptions): void {
    clearTimeout(this.#timer);
    this.wanted = options;
  }

  /** Another file, of which nothing is known yet. */
  begin(options: ReadingOptions): void {
    this.settle(options);
    this.detected = {};
  }

  /** Keeps what a reading found by itself. */
  learn({
    options,
    encoding,
    delimiter,
    decimal,
    headerLine,
    time,
    dateFormats,
    stations,
  }: DatasetSummary): void {
    const found: Record<keyof Detected, string | number | undefined> = {
      encoding,
      delimiter,
      decimal,
      headerLine,
      dateFormat: time?.format ?? dateFormats[0],
      zone: time?.zone ?? undefined,
      station: stations[0],
    };
    const fresh = Object.entries(found).filter(
      ([choice, value]) => options[choice as keyof Detected] === null && value !== undefined && value !== '',
    );
    this.detected = { ...this.detected, ...(Object.fromEntries(fresh) as Detected) };
  }
}

import {
  struckOf,
  withStruck,
  type ColumnMapping,
  type DatasetSummary,
  type StruckByColumn,
} from '../../../src-main/contract/dataset';
import { mergeSpans, withoutSpan, type Span } from '../../../src-main/contract/readings';
import { changeStruck, NOTHING_STRUCK, type ColumnSpans, type SpanChange } from './struck-changes';

/** What is open, and what is chosen of it: the state of the app. */
interface OpenData {
  mapping: ColumnMapping | null;
  readonly dataset: DatasetSummary | null;
}

/** What was struck and taken back, step by step. The mapping has what is struck now: all else follows from there. */
export class Edits {
  readonly #app: OpenData;
  #past = $state.raw<readonly StruckByColumn[]>([]);
  #future = $state.raw<readonly StruckByColumn[]>([]);

  constructor(app: OpenData) {
    this.#app = app;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  get struck(): StruckByColumn {
    return this.#app.mapping === null ? NOTHING_STRUCK : struckOf(this.#app.mapping);
  }

  /** Takes readings of one column or of several out, in one step. @throws Problem 'too-many-struck' */
  strike(taken: readonly ColumnSpans[]): void {
    this.#change(taken, (before, spans) => mergeSpans([...before, ...spans]));
  }

  /** The contrary of `strike`. @throws Problem 'too-many-struck' where it would split spans into too many */
  takeBack(given: readonly ColumnSpans[]): void {
    this.#change(given, (before, spans) => spans.reduce<readonly Span[]>(withoutSpan, before));
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.struck];
    this.#use(before);
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (next === undefined) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.struck];
    this.#use(next);
  }

  /** Another data set: what was done to the one before cannot be undone in it. */
  begin(): void {
    this.#past = [];
    this.#future = [];
  }

  #change(columns: readonly ColumnSpans[], change: SpanChange): void {
    const before = this.struck;
    const nameOf = (column: number): string => this.#app.dataset?.columns[column]?.name ?? '';
    const after = changeStruck(before, columns, change, nameOf);
    if (after === before) return;
    this.#past = [...this.#past, before];
    this.#future = [];
    this.#use(after);
  }

  #use(struck: StruckByColumn): void {
    if (this.#app.mapping !== null) this.#app.mapping = withStruck(this.#app.mapping, struck);
  }
}

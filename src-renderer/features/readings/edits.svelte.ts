import {
  keptOf,
  struckOf,
  withKept,
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

/** What a person did to the readings of all columns. */
interface Edited {
  readonly struck: StruckByColumn;
  readonly kept: StruckByColumn;
}

/** What was struck, taken back and kept, step by step. The mapping has what is so now: all else follows from there. */
export class Edits {
  readonly #app: OpenData;
  #past = $state.raw<readonly Edited[]>([]);
  #future = $state.raw<readonly Edited[]>([]);

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

  get kept(): StruckByColumn {
    return this.#app.mapping === null ? NOTHING_STRUCK : keptOf(this.#app.mapping);
  }

  /** Takes readings of one column or of several out, in one step. @throws Problem 'too-many-struck' */
  strike(taken: readonly ColumnSpans[]): void {
    this.#change('struck', taken, (before, spans) => mergeSpans([...before, ...spans]));
  }

  /** The contrary of `strike`. @throws Problem 'too-many-struck' where it would split spans into too many */
  takeBack(given: readonly ColumnSpans[]): void {
    this.#change('struck', given, (before, spans) => spans.reduce<readonly Span[]>(withoutSpan, before));
  }

  /** Readings count whatever they look like. @throws Problem 'too-many-struck' */
  keep(wanted: readonly ColumnSpans[]): void {
    this.#change('kept', wanted, (before, spans) => mergeSpans([...before, ...spans]));
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.#edited];
    this.#use(before);
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (next === undefined) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.#edited];
    this.#use(next);
  }

  /** Another data set: what was done to the one before cannot be undone in it. */
  begin(): void {
    this.#past = [];
    this.#future = [];
  }

  get #edited(): Edited {
    return { struck: this.struck, kept: this.kept };
  }

  #change(what: keyof Edited, columns: readonly ColumnSpans[], change: SpanChange): void {
    const edited = this.#edited;
    const before = edited[what];
    const nameOf = (column: number): string => this.#app.dataset?.columns[column]?.name ?? '';
    const after = changeStruck(before, columns, change, nameOf);
    if (after === before) return;
    this.#past = [...this.#past, edited];
    this.#future = [];
    this.#use({ ...edited, [what]: after });
  }

  #use({ struck, kept }: Edited): void {
    const { mapping } = this.#app;
    if (mapping !== null) this.#app.mapping = withKept(withStruck(mapping, struck), kept);
  }
}

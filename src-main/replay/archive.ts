import type { Change, Row } from './station-log';

/** What became of the row of one time: from so many changes on it is this; null: it is not there. */
interface Version {
  readonly from: number;
  readonly row: Row | null;
}

/**
 * The archive of a station as it stood after any number of changes. It keeps each row once for each time that it was
 * written: a copy of the archive for each change would be too much for a year of hours.
 */
export class ArchiveHistory {
  readonly #versions = new Map<number, Version[]>();
  /** All times that ever were, ascending. */
  readonly #times: readonly number[];

  /** @param first the archive before the first change */
  constructor(first: readonly Row[], changes: readonly Change[]) {
    for (const row of first) this.#note(row.time, { from: 0, row });
    changes.forEach(({ put, remove }, index) => {
      for (const row of put) this.#note(row.time, { from: index + 1, row });
      for (const time of remove) this.#note(time, { from: index + 1, row: null });
    });
    this.#times = [...this.#versions.keys()].sort((a, b) => a - b);
  }

  /** The row of a time after so many changes; null: there was none. */
  rowAt(time: number, changes: number): Row | null {
    const until = this.#versions.get(time)?.filter(({ from }) => from <= changes) ?? [];
    return until[until.length - 1]?.row ?? null;
  }

  /** The newest `most` rows up to a time, and none behind it, oldest first, after so many changes. */
  rowsUpTo(time: number, changes: number, most: number): Row[] {
    const rows: Row[] = [];
    for (let place = this.#placeUpTo(time); place >= 0 && rows.length < most; place -= 1) {
      const row = this.rowAt(this.#times[place]!, changes);
      if (row !== null) rows.push(row);
    }
    return rows.reverse();
  }

  /** The place of the last time that is not behind this one; -1: all are. */
  #placeUpTo(time: number): number {
    let [from, to] = [0, this.#times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#times[middle]! <= time) from = middle + 1;
      else to = middle;
    }
    return from - 1;
  }

  #note(time: number, version: Version): void {
    const versions = this.#versions.get(time);
    if (versions === undefined) this.#versions.set(time, [version]);
    else versions.push(version);
  }
}

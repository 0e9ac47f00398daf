import type { Series } from '../contract/series';

type Numbers = Float64Array | Float32Array | Uint8Array;

/** Some of the numbers of one array of a series. */
export interface SeriesPiece {
  /** Which: the time, then values and marks of each variable in turn. */
  readonly array: number;
  /** Of the whole array. */
  readonly length: number;
  readonly from: number;
  readonly values: Numbers;
}

/** A message of this size holds the thread that takes it for a few milliseconds. */
const PIECE_BYTES = 256 * 1024;

const arraysOf = ({ time, variables }: Series): readonly Numbers[] => [
  time,
  ...variables.flatMap(({ values, filled }) => [values, filled]),
];

/** A series without its numbers. */
export function frameOf(series: Series): Series {
  const none = { values: new Float32Array(0), filled: new Uint8Array(0) };
  return {
    ...series,
    time: new Float64Array(0),
    variables: series.variables.map((variable) => ({ ...variable, ...none })),
  };
}

/** All the numbers of a series in pieces, each a copy. */
export function* piecesOf(series: Series): Generator<SeriesPiece> {
  for (const [array, whole] of arraysOf(series).entries()) {
    const count = PIECE_BYTES / whole.BYTES_PER_ELEMENT;
    for (let from = 0; from < whole.length; from += count) {
      yield { array, length: whole.length, from, values: whole.slice(from, from + count) };
    }
  }
}

/** Puts pieces together again, in whatever order they come. */
export class SeriesAssembly {
  readonly #arrays: Numbers[] = [];

  add({ array, length, from, values }: SeriesPiece): void {
    const whole = (this.#arrays[array] ??= emptyLike(values, length));
    whole.set(values, from);
  }

  /** @param frame as `frameOf` made it; all pieces are there */
  within(frame: Series): Series {
    const arrays = arraysOf(frame).map((none, at) => this.#arrays[at] ?? none);
    return {
      ...frame,
      time: arrays[0] as Float64Array,
      variables: frame.variables.map((variable, at) => ({
        ...variable,
        values: arrays[1 + 2 * at] as Float32Array,
        filled: arrays[2 + 2 * at] as Uint8Array,
      })),
    };
  }
}

function emptyLike(values: Numbers, length: number): Numbers {
  if (values instanceof Float64Array) return new Float64Array(length);
  return values instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
}

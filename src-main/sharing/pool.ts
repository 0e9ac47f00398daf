import type { StationTrait } from '../contract/shared-model';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { concatenate } from '../network';
import {
  calendarNames,
  calendarOf,
  fitScaler,
  IDENTITY_SCALER,
  inputVariables,
  rowsOfWindows,
  scaleInputs,
  scaleValue,
  targetVariable,
  withInputs,
  type Preparation,
  type Scaler,
  type Split,
} from '../series';
import type { MemberStation } from './member-station';
import { CommonCourse } from './own-climate';

/** A station, its place among those of the group (by which its inputs are found), and what of it may be learned from. */
export interface PooledStation {
  readonly station: MemberStation;
  readonly place: number;
  readonly parts: Split;
}

/** What several stations together tell: how their readings are scaled, and what is said of each beside them. */
export class Pool {
  readonly settings: TrainingSettings;
  readonly traits: readonly StationTrait[];
  /** Of the common inputs, of which the target is the first. */
  readonly scalers: readonly Scaler[];
  readonly #common: readonly (readonly number[])[];
  readonly #course: CommonCourse;
  readonly #traitScalers: readonly Scaler[];
  readonly #traitRanges: readonly (readonly [low: number, high: number])[];

  /**
   * @param stations learned from
   * @param common as `commonInputs` gives them for the group
   * @param traits what is told of a station
   */
  constructor(
    stations: readonly PooledStation[],
    common: readonly (readonly number[])[],
    traits: readonly StationTrait[],
  ) {
    this.settings = stations[0]!.station.settings;
    this.traits = traits;
    this.#common = common;
    const learned = stations.map(({ station, parts }) => ({ ...station, rows: rowsOf(station, parts) }));
    const rows = concatenateBytes(learned.map((each) => each.rows));
    this.scalers = common.map((places) =>
      fitScaler(
        concatenate(
          stations.map(({ station, place }) => inputVariables(station.series)[places[place]!]!.values),
        ),
        rows,
      ),
    );
    this.#course = new CommonCourse(learned);
    const table = stations.map(({ station, parts }) => this.#traitsOf(station, parts));
    const columns = (table[0] ?? []).map((_, column) => Float32Array.from(table, (row) => row[column]!));
    const all = new Uint8Array(table.length).fill(1);
    this.#traitScalers = columns.map((values) => fitScaler(values, all));
    this.#traitRanges = columns.map((values) => [Math.min(...values), Math.max(...values)]);
  }

  get inputCount(): number {
    return this.#common.length + this.#calendarCount + this.#traitScalers.length;
  }

  get #calendarCount(): number {
    return calendarNames(calendarOf(this.settings)).length;
  }

  get targetScaler(): Scaler {
    return this.scalers[0]!;
  }

  /** Where the common inputs stand among the station's own. */
  placesAt(place: number): readonly number[] {
    return this.#common.map((places) => places[place]!);
  }

  /**
   * What the network is told of a station beside its readings, scaled. One that goes beyond all that were learned from counts as
   * the last of them: what lies beyond was learned by nobody.
   */
  scaledTraits(station: MemberStation, parts: Split): number[] {
    return this.#traitsOf(station, parts).map((value, column) => {
      const [low, high] = this.#traitRanges[column]!;
      return scaleValue(this.#traitScalers[column]!, Math.min(high, Math.max(low, value)));
    });
  }

  /** A station as the network sees it: the common inputs, the calendar, then what is told of it. */
  prepare({ station, place, parts }: PooledStation): Preparation {
    const { series, preparation } = station;
    const { window, horizon } = preparation;
    const traits = this.scaledTraits(station, parts);
    const own = withInputs(
      series,
      this.placesAt(place).map((input) => series.inputs[input]!),
    );
    const read = this.#common.length + this.#calendarCount;
    const scalers = Array.from({ length: read }, (_, column) => this.scalers[column] ?? IDENTITY_SCALER);
    const seen = scaleInputs(own, scalers, calendarOf(this.settings));
    const rows = series.time.length;
    const inputCount = this.inputCount;
    const inputs = new Float32Array(rows * inputCount);
    for (let row = 0; row < rows; row++) {
      inputs.set(seen.subarray(row * read, (row + 1) * read), row * inputCount);
      inputs.set(traits, row * inputCount + read);
    }
    return {
      inputNames: [],
      inputCount,
      window,
      horizon,
      inputs,
      targets: targetVariable(series).values.map((value) => scaleValue(this.targetScaler, value)),
      alsoTargets: [],
      inputScalers: [...scalers, ...traits.map(() => IDENTITY_SCALER)],
      targetScaler: this.targetScaler,
      split: parts,
      axisRows: rows,
      service: null,
      leadRows: null,
    };
  }

  #traitsOf(station: MemberStation, parts: Split): number[] {
    return this.traits.flatMap((trait) => {
      if (trait === 'climatology') return this.#course.departureOf(station.series, rowsOf(station, parts));
      return [(trait === 'latitude' ? station.place?.latitude : station.place?.altitude) ?? 0];
    });
  }
}

/** Of these all stations know the first two, or they are not told. */
export function traitsKnown(stations: readonly MemberStation[]): StationTrait[] {
  return [
    ...(stations.every(({ place }) => place !== null) ? (['latitude'] as const) : []),
    ...(stations.every(({ place }) => place !== null && place.altitude !== null)
      ? (['altitude'] as const)
      : []),
    'climatology',
  ];
}

/** Several stations one behind the other; no window goes from one into the next. */
export function stack(preparations: readonly Preparation[]): Preparation {
  const shifts: number[] = [];
  let rows = 0;
  for (const { targets } of preparations) {
    shifts.push(rows);
    rows += targets.length;
  }
  const starts = (part: keyof Split): Int32Array =>
    Int32Array.from(
      preparations.flatMap(({ split }, index) => Array.from(split[part], (start) => start + shifts[index]!)),
    );
  return {
    ...preparations[0]!,
    inputs: concatenate(preparations.map(({ inputs }) => inputs)),
    targets: concatenate(preparations.map(({ targets }) => targets)),
    split: { train: starts('train'), validation: starts('validation'), test: starts('test') },
    axisRows: rows,
  };
}

/** The rows that the windows to learn from hold. */
function rowsOf(
  {
    series,
    preparation: { window, horizon },
  }: { readonly series: Series; readonly preparation: Preparation },
  { train }: Split,
): Uint8Array {
  return rowsOfWindows(train, window + horizon, series.time.length);
}

const concatenateBytes = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

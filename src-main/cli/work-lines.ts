import type { Series } from '../contract/series';
import { SHARED_WORDS } from '../contract/words';
import type { NewRun } from '../library';
import { formatInstant, summarisePreparation, targetVariables } from '../series';

/** What is known before training: the shapes, and the first window in the file's units. */
export function describeWork(run: NewRun, series: Series): string[] {
  const summary = summarisePreparation(series, run.settings);
  const [windows, length, inputs] = summary.windowsShape;
  return [
    `Inputs: ${summary.inputNames.map(({ name }) => name).join(', ')}`,
    ...(series.alsoTargets.length === 0
      ? []
      : [
          `Targets of the same network: ${targetVariables(series)
            .map(({ name }) => name)
            .join(', ')}`,
        ]),
    `${summary.rows} rows give ${windows} windows of ${length} x ${inputs}: ` +
      `${summary.train} to train, ${summary.validation} to validate, ${summary.test} held back to test`,
    ...sunLine(run),
    ...run.columns.flatMap(({ name, struck = [] }) =>
      struck.map(({ from, to }) => `Struck: ${name} from ${formatInstant(from)} to ${formatInstant(to)}`),
    ),
    ...(summary.toldByLater === 0 ? [] : [SHARED_WORDS.en.toldByLater(String(summary.toldByLater))]),
    `The network has ${summary.parameterCount} parameters`,
  ];
}

/** By which clock the sun was computed: where no zone is told, the longitude only suggests it. */
function sunLine({ sun }: NewRun): readonly string[] {
  if (sun === null || sun === undefined) return [];
  const { latitude, longitude, utcOffset } = sun;
  const clock = `${utcOffset < 0 ? '-' : '+'}${Math.abs(utcOffset)}`;
  return [`The sun is that of ${latitude}° N, ${longitude}° E, by a clock of UTC${clock} (--utc-offset)`];
}

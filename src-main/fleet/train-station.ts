import { DETECT_ALL } from '../contract/dataset';
import type { FleetStation, TrainedStation } from '../contract/fleet';
import { Problem } from '../contract/problems';
import { DatasetReader, sourceOfPath } from '../dataset';
import type { Slots } from '../files/turns';
import { newRunOf } from '../model';
import {
  LocalWorkplace,
  type Meanwhile,
  type Pace,
  type StationWork,
  type Workplace,
  type WorkplaceParts,
} from '../workplace';
import { planStation, type FleetWish, type StationPlan } from './plan-station';

/** What a station is read and trained with. */
export interface Workshop extends WorkplaceParts {
  readonly startReader: ConstructorParameters<typeof DatasetReader>[0];
  /** Where it is trained; by processes of this machine if left out. */
  readonly workplace?: Workplace;
  /** What is trained by this machine while a broker is away. */
  readonly meanwhile?: Meanwhile;
  /** How many files are read at a time; as many as there are stations at work if left out. */
  readonly reading?: Slots;
}

/** Progress of one station. */
export interface StationProgress {
  /** 0 to 1; null while it cannot be known. */
  readonly fraction: number | null;
}

/**
 * The whole way of one station: reads its file, maps it, trains into a folder, verifies on the held-back part.
 * @param folder of its run; a run that lies there gives way
 * @throws Problem of reading, mapping and training; 'cancelled'
 */
export async function trainStation(
  station: FleetStation,
  folder: string,
  wish: FleetWish,
  {
    workshop,
    signal,
    onProgress,
    onHere,
    pace,
  }: {
    readonly workshop: Workshop;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: StationProgress) => void;
    /** Called where it is trained here, since a broker is away. */
    readonly onHere?: () => void;
    /** Where it can be paused. */
    readonly pace: Pace | undefined;
  },
): Promise<Omit<TrainedStation, 'folder'>> {
  const started = performance.now();
  const read = (): Promise<ReadStation> => readStation(station, wish, workshop.startReader, signal);
  const { run, series, remarks } = await (workshop.reading?.take(read) ?? read());
  const workplace = workshop.workplace ?? new LocalWorkplace(workshop);
  const outcome = await workplace.train({ run, series }, folder, {
    signal,
    onProgress: (fraction) => onProgress({ fraction }),
    pace,
    meanwhile: workshop.meanwhile,
    onHere,
  });
  return { ...outcome, remarks: [...remarks], seconds: (performance.now() - started) / 1000 };
}

type ReadStation = StationWork & Pick<StationPlan, 'remarks'>;

async function readStation(
  station: FleetStation,
  wish: FleetWish,
  startReader: Workshop['startReader'],
  signal: AbortSignal,
): Promise<ReadStation> {
  const reader = new DatasetReader(startReader);
  const cancel = (): void => reader.cancel();
  signal.addEventListener('abort', cancel);
  try {
    if (signal.aborted) throw new Problem('cancelled');
    const summary = await reader.open(sourceOfPath(station.file), undefined, {
      ...DETECT_ALL,
      station: station.station,
    });
    const { mapping, settings, remarks } = planStation(summary, wish);
    const series = await reader.series(summary.id, mapping);
    const run = { ...newRunOf(summary, mapping, settings), name: station.name.slice(0, 120) };
    return { run, series, remarks };
  } finally {
    signal.removeEventListener('abort', cancel);
    reader.close();
  }
}

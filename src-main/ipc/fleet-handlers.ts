import { isAbsolute } from 'node:path';
import { Problem } from '../contract/problems';
import type { SavedFile } from '../contract/requests';
import { writeAtomically } from '../files/atomic';
import type { FleetService } from '../fleet';
import type { Dialogs } from '../window/dialogs';
import type { Handlers } from './answer';
import type { Readings } from './readings';

export interface FleetParts {
  readonly fleets: FleetService;
  readonly dialogs: Pick<Dialogs, 'chooseStations' | 'chooseSaveFile'>;
  readonly readings: Pick<Readings, 'grant' | 'requireChosen'>;
  /** A page of ours as PDF. */
  printToPdf(html: string): Promise<Uint8Array>;
  /** A file that was saved may be shown in the file manager. */
  remember(path: string): SavedFile;
}

type FleetHandlers = Pick<
  Handlers,
  | 'chooseStations'
  | 'readFleet'
  | 'listFleets'
  | 'openFleet'
  | 'leaveFleet'
  | 'removeFleet'
  | 'planFleet'
  | 'startFleet'
  | 'controlFleet'
  | 'forecastFleet'
  | 'openStation'
  | 'saveFleet'
>;

/** What the window asks of fleets: only folders and files that a person chose are read, and what a chosen list names. */
export function fleetHandlers({
  fleets,
  dialogs,
  readings,
  printToPdf,
  remember,
}: FleetParts): FleetHandlers {
  return {
    async chooseStations({ what }) {
      const paths = await dialogs.chooseStations(what);
      if (paths === null) return null;
      readings.grant(paths);
      return { paths };
    },
    readFleet: () => fleets.view(),
    listFleets: () => fleets.list(),
    openFleet: ({ fleetId }) => fleets.open(fleetId),
    leaveFleet: () => fleets.leave(),
    removeFleet: ({ fleetId }) => fleets.remove(fleetId),
    async planFleet({ paths, ask }) {
      // Those of the fleet that is open were chosen, if in an earlier start.
      const open = (await fleets.view())?.paths ?? [];
      readings.requireChosen(paths.filter((path) => !open.includes(path)));
      const relative = paths.find((path) => !isAbsolute(path));
      if (relative !== undefined) throw new Problem('file-missing', { file: relative });
      return await fleets.plan(paths, ask);
    },
    startFleet: ({ language, shared }) => fleets.start(language, shared),
    controlFleet: ({ action }) => fleets.control(action),
    forecastFleet: () => fleets.forecast(),
    openStation: ({ name }) => fleets.openStation(name),
    async saveFleet({ file, language }) {
      const name = (await fleets.view())?.name ?? '';
      const isReport = file === 'report';
      const part = file === 'table' ? 'leaderboard' : file === 'forecasts' ? 'forecast' : 'report';
      const text = fleets.textOf(file, language);
      const path = await dialogs.chooseSaveFile(name, part, isReport ? ['html', 'pdf'] : ['csv']);
      if (path === null) return null;
      await writeAtomically(path, isReport && /\.pdf$/i.test(path) ? await printToPdf(text) : text);
      return remember(path);
    },
  };
}

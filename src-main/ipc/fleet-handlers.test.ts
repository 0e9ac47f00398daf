import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureFleet, fixtureRow, fixtureTrained } from '../contract/fleet.fixture';
import { FleetService } from '../fleet';
import { fleetHandlers } from './fleet-handlers';
import { Readings } from './readings';

let folder: string;
const ASK = { quantity: null, horizon: null, settings: null, shared: false };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hindcast-fleet-handlers-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function nothingStarts(): never {
  throw new Error('Nothing is read or trained here.');
}

/** @param chosen what the system's dialogs answer */
function handlersOver(fleets: FleetService, chosen: string | null) {
  const readings = new Readings({
    reader: undefined as never,
    resources: '',
    mark: undefined as never,
    unfinished: null,
    onProgress: () => undefined,
  });
  return fleetHandlers({
    fleets,
    readings,
    dialogs: {
      chooseStations: () => Promise.resolve(chosen === null ? null : [chosen]),
      chooseSaveFile: () => Promise.resolve(chosen),
    },
    printToPdf: () => Promise.resolve(new Uint8Array([1, 2])),
    remember: (path) => ({ path }),
  });
}

describe('the window’s fleet', () => {
  it('is read only from where a person chose', async () => {
    const fleets = new FleetService({
      folder: join(folder, 'fleets'),
      workshop: { startReader: nothingStarts, startTrainer: nothingStarts, device: 'auto' },
      hold: nothingStarts,
      copyRun: nothingStarts,
      hasRun: nothingStarts,
      emit: () => undefined,
    });
    const asked = handlersOver(fleets, folder);
    await expect(asked.planFleet({ paths: [folder], ask: ASK })).rejects.toMatchObject({
      code: 'file-not-chosen',
    });
    expect(await asked.chooseStations({ what: 'folder' })).toEqual({ paths: [folder] });
    // It is read now, and holds nothing.
    await expect(asked.planFleet({ paths: [folder], ask: ASK })).rejects.toMatchObject({
      code: 'fleet-empty',
    });
    await expect(asked.planFleet({ paths: [folder, '/etc'], ask: ASK })).rejects.toMatchObject({
      code: 'file-not-chosen',
    });
    expect(await asked.readFleet(undefined)).toBeNull();
    expect(await handlersOver(fleets, null).chooseStations({ what: 'files' })).toBeNull();
  });

  it('is saved where a person chose: a table, a page, and a page as PDF', async () => {
    const view = fixtureFleet([fixtureRow('brook', { result: fixtureTrained() })]);
    const fleets = Object.assign(Object.create(FleetService.prototype) as FleetService, {
      view: () => Promise.resolve(view),
      textOf: (file: string, language: string) => `${file} in ${language}`,
    });
    for (const [file, name, content] of [
      ['table', 'a.csv', 'table in ko'],
      ['report', 'a.html', 'report in ko'],
      ['report', 'a.PDF', '\u0001\u0002'],
    ] as const) {
      const path = join(folder, name);
      expect(await handlersOver(fleets, path).saveFleet({ file, language: 'ko' })).toEqual({ path });
      expect(await readFile(path, 'utf8')).toBe(content);
    }
    expect(await handlersOver(fleets, null).saveFleet({ file: 'table', language: 'en' })).toBeNull();
  });
});

import { Problem } from '../contract/problems';
import type { WatchSettings } from '../contract/watch';
import type { WatchService } from '../watch';
import type { Dialogs } from '../window/dialogs';
import type { Handlers } from './answer';

export interface WatchParts {
  readonly watch: WatchService;
  readonly dialogs: Pick<Dialogs, 'chooseWatchPath'>;
  /** @throws Problem 'no-key-store', 'cannot-write' */
  keepPassword(settings: WatchSettings, password: string): Promise<void>;
  startsWithSystem(): Promise<boolean>;
  startWithSystem(isOn: boolean): Promise<void>;
  /** Whether any run is watched may be otherwise now. */
  changed(): void;
}

type WatchHandlers = Pick<
  Handlers,
  | 'readWatch'
  | 'saveWatch'
  | 'retrainWatched'
  | 'takeEarlierBack'
  | 'chooseWatchPath'
  | 'tryPublishing'
  | 'readStartUp'
  | 'saveStartUp'
>;

/** What the window asks of the watching of runs: only paths that a person chose are read from or written to. */
export function watchHandlers(parts: WatchParts): WatchHandlers {
  const chosen = new Set<string>();
  const pathsOf = (settings: WatchSettings | null): string[] =>
    settings === null
      ? []
      : [settings.source, settings.forecasts, settings.publish.folder, settings.publish.csv].filter(
          (path) => path !== null,
        );

  return {
    readWatch: ({ runId }) => parts.watch.view(runId),
    async saveWatch({ runId, settings, password }) {
      const kept = pathsOf((await parts.watch.view(runId)).settings);
      const strange = pathsOf(settings).find((path) => !chosen.has(path) && !kept.includes(path));
      if (strange !== undefined) throw new Problem('file-not-chosen', { file: strange });
      if (settings !== null && password !== null) await parts.keepPassword(settings, password);
      await parts.watch.set(runId, settings);
      parts.changed();
      return parts.watch.view(runId);
    },
    async retrainWatched({ runId }) {
      parts.watch.retrain(runId);
      return parts.watch.view(runId);
    },
    async takeEarlierBack({ runId }) {
      await parts.watch.takeEarlierBack(runId);
      return parts.watch.view(runId);
    },
    async chooseWatchPath({ what }) {
      const path = await parts.dialogs.chooseWatchPath(what);
      if (path === null) return null;
      chosen.add(path);
      return { path };
    },
    tryPublishing: ({ runId, way }) => parts.watch.tryWay(runId, way),
    readStartUp: async () => ({ isOn: await parts.startsWithSystem() }),
    saveStartUp: ({ isOn }) => parts.startWithSystem(isOn),
  };
}

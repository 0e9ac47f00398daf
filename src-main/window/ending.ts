import { app, dialog, type BrowserWindow } from 'electron';
import { isInTheLog, Problem, toProblem } from '../contract/problems';
import { problemText } from '../contract/say';
import { spokenLanguage } from './language';

/** How long the page may take to hand over what was typed, and all the rest to end. */
const PAGE_MS = 3000;
const REST_MS = 8000;

/** The way out of the app: what is typed is saved first, and trainings end with what they have. */
export interface Ending {
  /** Whether the app is about to end. */
  readonly hasBegun: boolean;
  /** To be called for every window: closing it ends the app. */
  follow(window: BrowserWindow): void;
  /** The page has saved all it had. */
  pageIsReady(): void;
}

/**
 * Keeps the app from ending until all is saved. Nothing of it waits for ever: a page that does not answer, or a disk that
 * does not, is waited for some seconds.
 * @param askPage tells the page to save; it answers by `pageIsReady`
 * @param finish ends what runs behind the window
 * @param goesOn whether there is work to do without a window: closing it then hides it
 */
export function orderlyEnding(
  askPage: () => void,
  finish: () => Promise<unknown>,
  goesOn: () => boolean,
): Ending {
  let state: 'open' | 'ending' | 'ended' = 'open';
  let pageIsReady = (): void => undefined;
  const page = new Promise<void>((resolve) => {
    pageIsReady = resolve;
  });

  const end = async (): Promise<void> => {
    askPage();
    await within(PAGE_MS, page);
    await within(REST_MS, finish());
    state = 'ended';
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    void end();
  });
  app.on('window-all-closed', () => app.quit());

  return {
    get hasBegun() {
      return state !== 'open';
    },
    follow(window) {
      window.on('close', (event) => {
        if (state === 'ended') return;
        event.preventDefault();
        if (state === 'open' && goesOn()) window.hide();
        else app.quit();
      });
      // A page that is gone has nothing to hand over.
      window.webContents.on('render-process-gone', () => {
        if (state === 'ending') pageIsReady();
      });
    },
    pageIsReady: () => pageIsReady(),
  };
}

/**
 * Says why there is no window, and ends the process; another start is free to try at once.
 * @param logFile null where none is kept yet
 */
export async function endWithSentence(error: unknown, logFile: string | null): Promise<void> {
  // Before this no box can be shown.
  await app.whenReady();
  app.releaseSingleInstanceLock();
  showProblem(error, logFile);
  app.exit(1);
}

/** The system's box with the sentence of a problem and, where the log says more, its place. */
export function showProblem(error: unknown, logFile: string | null): void {
  const problem = toProblem(error);
  const more = logFile !== null && isInTheLog(problem) ? new Problem('in-the-log', { file: logFile }) : null;
  const sentences = [problem, ...(more === null ? [] : [more])].map((each) =>
    problemText(each.toData(), spokenLanguage()),
  );
  dialog.showErrorBox('Hindcast', sentences.join(' '));
}

/** Resolves when the work has ended, in whatever way, or the time is up. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}

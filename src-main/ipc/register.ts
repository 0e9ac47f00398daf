import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { DROP_CHANNEL, REQUEST_NAMES, requestChannel } from '../contract/bridge';
import { phrase } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { answer, type Handlers } from './answer';

/**
 * Registers every request of the contract. A message from any frame but our own is refused before it is read.
 * @param onDrop called by the preload with each file dropped on the window
 */
export function registerHandlers(
  handlers: Handlers,
  isTrusted: (event: IpcMainInvokeEvent | IpcMainEvent) => boolean,
  onDrop: (path: string) => void,
): void {
  ipcMain.on(DROP_CHANNEL, (event, path: unknown) => {
    if (isTrusted(event) && typeof path === 'string') onDrop(path);
  });
  for (const name of REQUEST_NAMES) {
    ipcMain.handle(requestChannel(name), (event, input: unknown) => {
      if (!isTrusted(event)) {
        const problem = new Problem('request-invalid', { request: name, cause: phrase('other-page') });
        return { ok: false, problem: problem.toData() };
      }
      return answer(name, handlers, input);
    });
  }
}

import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { REQUEST_NAMES, requestChannel } from '../contract/bridge';
import { Problem } from '../contract/problems';
import { answer, type Handlers } from './answer';

/** Registers every request of the contract. A message from any frame but our own is refused before it is read. */
export function registerHandlers(
  handlers: Handlers,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
): void {
  for (const name of REQUEST_NAMES) {
    ipcMain.handle(requestChannel(name), (event, input: unknown) => {
      if (!isTrusted(event)) {
        const problem = new Problem('request-invalid', { request: name, cause: 'it came from another page' });
        return { ok: false, problem: problem.toData() };
      }
      return answer(name, handlers, input);
    });
  }
}

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { eventChannel, REQUEST_NAMES, requestChannel, type Bridge } from '../contract/bridge';

const requests = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input?: unknown) => ipcRenderer.invoke(requestChannel(name), input)]),
);

/** Electron 32 moved the path of a dropped file from the file itself to webUtils; both runtimes are supported. */
function pathOfFile(file: unknown): string {
  const { getPathForFile } = (webUtils ?? {}) as Partial<typeof webUtils>;
  if (getPathForFile !== undefined) return getPathForFile(file as File);
  return (file as { path?: string }).path ?? '';
}

const on: Bridge['on'] = (name, listener) => {
  const channel = eventChannel(name);
  const forward = (_event: unknown, payload: unknown): void => listener(payload as never);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.removeListener(channel, forward);
};

// Object.fromEntries cannot know its keys; REQUEST_NAMES is checked against the schemas by the contract's test.
const bridge = { ...requests, on, pathOfFile } as unknown as Bridge;

contextBridge.exposeInMainWorld('hindcast', bridge);

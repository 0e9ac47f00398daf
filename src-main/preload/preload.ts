import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { DROP_CHANNEL, eventChannel, REQUEST_NAMES, requestChannel, type Bridge } from '../contract/bridge';

const requests = Object.fromEntries(
  REQUEST_NAMES.map((name) => [name, (input?: unknown) => ipcRenderer.invoke(requestChannel(name), input)]),
);

/**
 * The path that the system gave a file, never one that the page wrote on it. Electron 32 moved it from the file itself to
 * webUtils; both runtimes are supported.
 */
function systemPathOf(file: unknown): string {
  if (!(file instanceof File)) return '';
  const { getPathForFile } = (webUtils ?? {}) as Partial<typeof webUtils>;
  if (getPathForFile !== undefined) return getPathForFile(file);
  const path: unknown = Object.getOwnPropertyDescriptor(File.prototype, 'path')?.get?.call(file);
  return typeof path === 'string' ? path : '';
}

function pathOfFile(file: unknown): string {
  const path = systemPathOf(file);
  // What is sent first arrives first: the file may be opened when the page asks for it.
  if (path !== '') ipcRenderer.send(DROP_CHANNEL, path);
  return path;
}

const on: Bridge['on'] = (name, listener) => {
  const channel = eventChannel(name);
  const forward = (_event: unknown, payload: unknown): void => listener(payload as never);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.removeListener(channel, forward);
};

// Object.fromEntries cannot know its keys; the compiler holds REQUEST_NAMES against the requests.
const bridge = { ...requests, on, pathOfFile } as unknown as Bridge;

contextBridge.exposeInMainWorld('hindcast', bridge);

import { lstatSync } from 'node:fs';
import electronLog from 'electron-log/node';
import type { Sink } from './log';

/** The log and the one before it, together. */
const MOST_BYTES = 5_000_000;
/** More than one line of the log can have: a file is rotated only after it has grown past its share. */
const LONGEST_ENTRY = 500_000;

/**
 * A log file that is appended to at once, so that a crash loses nothing. When it is full it becomes `NAME.old.log`, in the
 * place of the one before. A file that cannot be written is left alone.
 * @param path absolute; its folder is made @param bytes of the file and the one before it, at most
 */
export function openLogFile(path: string, bytes = MOST_BYTES): Sink {
  if (!isFileOrFree(path)) return () => undefined;
  const { file, console, remote } = electronLog.transports;
  file.setAppName('hindcast');
  file.resolvePathFn = () => path;
  file.writeOptions = { encoding: 'utf8', flag: 'a', mode: 0o600 };
  file.format = '[{iso}] [{level}] {text}';
  file.maxSize = bytes / 2 - Math.min(LONGEST_ENTRY, bytes / 10);
  console.level = false;
  // That a file cannot be written is said there at every line.
  console.writeFn = () => undefined;
  remote.level = false;
  return (level, text) => electronLog[level](text);
}

/** Opening a pipe would wait for its other end. */
function isFileOrFree(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
  } catch {
    return false;
  }
}

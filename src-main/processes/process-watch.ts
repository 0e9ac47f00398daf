import { parse } from 'node:path';
import type { Readable } from 'node:stream';
import type { WorkProcess } from './work-process';
import { phraseText } from '../contract/phrases';

/** A process of ours: what it runs ('reader', 'trainer') and its number, where it has one. */
export interface ProcessName {
  readonly kind: string;
  readonly pid: number | undefined;
}

/** Called for every process of ours that this one starts. */
export interface ProcessWatch {
  started(process: ProcessName): void;
  /** A line of its standard error. */
  said(process: ProcessName, line: string): void;
  ended(process: ProcessName, cause: string): void;
}

/** The log keeps the beginning of a line, and so many lines of a process. */
const MOST_CHARACTERS = 1000;
const MOST_LINES = 1000;

let watch: ProcessWatch | null = null;

/** From now on every process that is started is reported there; null: nowhere. */
export function watchProcesses(next: ProcessWatch | null): void {
  watch = next;
}

/** What both kinds of children have, Node's and Electron's. */
interface Child {
  readonly stderr: NodeJS.ReadableStream | null;
  once(event: 'spawn', listener: () => void): unknown;
}

/** The same process, seen by the watch. Its standard error is read in any case: a full pipe would stop it. */
export function watched<Request>(
  entry: string,
  child: Child,
  process: WorkProcess<Request>,
): WorkProcess<Request> {
  const { name: kind } = parse(entry);
  let name: ProcessName = { kind, pid: process.pid };
  let wasKilled = false;
  let lines = 0;
  child.once('spawn', () => {
    name = { kind, pid: process.pid };
    watch?.started(name);
  });
  process.onExit((cause) => watch?.ended(name, wasKilled ? 'Hindcast ended it' : phraseText(cause)));
  if (child.stderr !== null) {
    readLines(child.stderr as Readable, MOST_CHARACTERS, (line) => {
      lines += 1;
      if (lines <= MOST_LINES) watch?.said(name, line);
      else if (lines === MOST_LINES + 1) watch?.said(name, '(what follows is left out)');
    });
  }
  return {
    get pid() {
      return process.pid;
    },
    send: (message) => process.send(message),
    onMessage: (listener) => process.onMessage(listener),
    onExit: (listener) => process.onExit(listener),
    kill() {
      wasKilled = true;
      process.kill();
    },
  };
}

/** Tells each line that is not empty, cut to `most` characters; no more than that and what came last is ever held. */
export function readLines(stream: Readable, most: number, tell: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop()!.slice(0, most);
    for (const line of lines) if (line !== '') tell(line.slice(0, most));
  });
  stream.on('end', () => {
    if (rest !== '') tell(rest);
  });
  // A process that is gone takes its end of the pipe with it.
  stream.on('error', () => undefined);
}

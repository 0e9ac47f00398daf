import { cpus, release } from 'node:os';
import { FAULTS, type Fault } from './shim';
import type { Verdict } from './tries';

/** What came of all tries at one action. */
export interface ActionResult {
  readonly name: string;
  readonly title: string;
  /** The day on which it was tried. */
  readonly date: string;
  readonly operations: number;
  /** How many tries there are of it in all. */
  readonly plans: number;
  readonly verdicts: readonly Verdict[];
}

const FAULT_TITLES: Readonly<Record<Fault, string>> = {
  kill: 'killed before it',
  'kill-half': 'killed half-way',
  EIO: 'EIO',
  ENOSPC: 'ENOSPC',
  EROFS: 'EROFS',
};

interface Counts {
  readonly tried: number;
  readonly survived: number;
  readonly lost: number;
}

/** Operations that were not reached were not tried. */
export function count(verdicts: readonly Verdict[]): Counts {
  const tried = verdicts.filter(({ met }) => met !== null);
  const lost = tried.filter((verdict) => verdict.lost !== null).length;
  return { tried: tried.length, survived: tried.length - lost, lost };
}

export function describeCounts(verdicts: readonly Verdict[]): string {
  const { tried, survived, lost } = count(verdicts);
  return `tried ${tried}, survived ${survived}, lost ${lost}`;
}

const cell = ({ tried, survived, lost }: Counts): string =>
  tried === 0 ? '' : `${tried} / ${survived} / ${lost}`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** docs/reliability.md. */
export function reliabilityDocument(results: readonly ActionResult[]): string {
  const all = results.flatMap(({ verdicts }) => verdicts);
  const ofFault = (verdicts: readonly Verdict[], fault: Fault): Verdict[] =>
    verdicts.filter((verdict) => verdict.fault === fault);
  const lines = results.map(({ title, date, operations, plans, verdicts }) =>
    row([
      verdicts.length < plans ? `${title} (so far ${verdicts.length} of ${plans} tries)` : title,
      String(operations),
      ...FAULTS.map((fault) => cell(count(ofFault(verdicts, fault)))),
      cell(count(verdicts)),
      date,
    ]),
  );
  return `${[
    '# Reliability',
    '',
    `What becomes of a person's runs, exports and settings when a process is killed or the disk fails. Each file operation`,
    'of each action (opening for writing, writing, flushing, renaming, deleting, making and removing folders; at the start of',
    'the app reading too) is met once by each fault: the process is killed before it, or when half of a write has arrived; it',
    'fails once with EIO; the disk is full (ENOSPC) or read-only (EROFS) from there on. A small library in C stands between the',
    'program and the C library (`src-main/faults/shim.c`), so that it is the built program that is tried, its trainer',
    'processes too.',
    '',
    'A try is survived when, afterwards, what was there or what was to come is whole: a training can be gone on with or begun',
    'again and ends with the numbers, bit for bit, of one that was never disturbed; the old export or the new opens and passes',
    'its check; the readings, the log of forecasts and the preferences are the old or the new; no other file in those folders',
    'has changed; what was said is a sentence; every process has ended; and after the next start nothing temporary is left. Where',
    'several tries leave the same once what is half done is swept, the first of them is gone on with, for all.',
    '',
    'Figures are tried / survived / lost. An operation is counted as often as an undisturbed run comes to it; where processes work',
    'at the same time a disturbed run may not come to one of them, and then there is nothing to count. An action that has no row was not tried; of one that says “so far” a part was tried, chosen by chance.',
    '',
    row(['action', 'operations', ...FAULTS.map((fault) => FAULT_TITLES[fault]), 'all', 'date']),
    row(['---', ...Array.from({ length: FAULTS.length + 2 }, () => '---:'), '---']),
    ...lines,
    row(['**all**', '', ...FAULTS.map((fault) => cell(count(ofFault(all, fault)))), cell(count(all)), '']),
    '',
    `Made by \`npm run faults\` on ${machine()};`,
    'each row by the version of its day. `npm test` tries a seeded choice (`src-main/faults/faults.test.ts`): of actions that come to their',
    'files in the same way (training, resuming, training in the app; the two exports; adding and forecasting) one fault at each kind',
    'of operation in all, of the other actions one at each kind. On macOS and Windows, where nothing can be put below Node, and',
    'where there is no C++ compiler, both are skipped, and say so.',
    '',
    ...losses(results),
  ].join('\n')}`;
}

/** A line for each way of losing, with the operations at which it came about. */
function losses(results: readonly ActionResult[]): string[] {
  const ways = new Map<string, string[]>();
  for (const { title, verdicts } of results) {
    for (const { fault, met, lost } of verdicts) {
      if (lost === null) continue;
      // What differs from operation to operation stands in quotes or is the code.
      const way = `${title}: ${lost.replace(/'[^']*'/g, '…').replace(/\bE(IO|NOSPC|ROFS)\b/, 'it')}`;
      ways.set(way, [...(ways.get(way) ?? []), `${fault} at ${met}`]);
    }
  }
  const lines = [...ways].map(
    ([way, places]) =>
      `- ${way} (${places.length}: ${places.slice(0, 3).join('; ')}${places.length > 3 ? '; …' : ''})`,
  );
  return lines.length === 0 ? [] : ['## What was lost', '', ...lines, ''];
}

const machine = (): string =>
  `Linux ${release()}, ${cpus().length} × ${cpus()[0]?.model ?? process.arch}, Node ${process.version}`;

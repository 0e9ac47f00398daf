import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IssuedForecast } from '../contract/forecast-log';
import { cannotWrite, makeFolder } from '../files/atomic';
import { csvText, formatTime, nameWithUnit } from '../forecaster/csv';

/** More than the lines of one forecast: the end of the file in which the last one stands. */
const END_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * Adds to a file what of the log is not in it yet: a line for each value. A line that a kill cut short is removed first; so
 * the file holds every forecast once, in order, whatever ended the program.
 * @throws Problem 'cannot-write'
 */
export async function growCsv(
  path: string,
  forecasts: readonly IssuedForecast[],
  { targetName, unit }: { readonly targetName: string; readonly unit: string },
): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const file = await open(path, 'a+');
    try {
      const { size } = await file.stat();
      const from = Math.max(0, size - END_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(END_BYTES), 0, END_BYTES, from);
      // By bytes: the block may begin within a letter.
      const whole = buffer.subarray(0, buffer.subarray(0, bytesRead).lastIndexOf(NEWLINE) + 1);
      const keeps = from + whole.length;
      const { last, lead } = lastOf(whole.toString('utf8'));
      if (keeps < size) await file.truncate(keeps);
      const lines = forecasts.flatMap((forecast) => linesOf(forecast, last, lead));
      const header = keeps === 0 ? [headerOf(targetName, unit)] : [];
      if (lines.length > 0) await file.appendFile([...header, ...lines, ''].join('\n'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

const headerOf = (targetName: string, unit: string): string =>
  [
    'issued',
    'made (UTC)',
    'time',
    'lead',
    nameWithUnit(targetName, unit),
    nameWithUnit('95 % low', unit),
    nameWithUnit('95 % high', unit),
  ]
    .map(csvText)
    .join(',');

/** Which forecast the last of whole lines is of, and of which lead time. */
function lastOf(whole: string): { readonly last: string; readonly lead: number } {
  const [last = '', , , lead = ''] = (whole.trimEnd().split('\n').at(-1) ?? '').split(',');
  // Of a header alone nothing is there yet.
  return { last: /^\d{4}-/.test(last) ? last : '', lead: Number(lead) || 0 };
}

/** Those lines of a forecast that are not in the file. ISO dates are in order as texts. */
function linesOf({ issuedAt, madeAt, points }: IssuedForecast, last: string, lastLead: number): string[] {
  const issued = formatTime(issuedAt);
  if (issued < last) return [];
  const made = new Date(madeAt).toISOString();
  return points
    .filter(({ lead }) => issued > last || lead > lastLead)
    .map(({ time, lead, value, low, high }) =>
      [issued, made, formatTime(time), lead, ...[value, low, high].map(numberCell)].join(','),
    );
}

const numberCell = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '' : String(Math.round(value * 1000) / 1000);

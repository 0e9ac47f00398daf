import { describe, expect, it } from 'vitest';
import { summaryOf } from '../fixture';

const rows = (count: number, row: (hour: number, day: string) => string): string =>
  Array.from({ length: count }, (_, at) =>
    row(at % 24, String(4 + Math.floor(at / 24)).padStart(2, '0')),
  ).join('\n');
const pad = (part: number): string => String(part).padStart(2, '0');

async function timeOf(text: string): Promise<string> {
  const { time, step, columns } = await summaryOf(text);
  const parts = (time?.parts ?? []).map((index) => columns[index]?.name);
  return [parts.join(' + '), time?.format, step?.label].join(' | ');
}

describe('a clock in a column of its own', () => {
  it.each([
    [
      'Dutch',
      'Datum;Tijd;Temp',
      (h: number, d: string) => `${d}-03-2023;${pad(h)}:00;4`,
      'Datum + Tijd | DD-MM-YYYY HH:mm',
    ],
    [
      'Italian, with points',
      'Data;Ora;Temp',
      (h: number, d: string) => `${d}/03/2023;${pad(h)}.00;4,5`,
      'Data + Ora | DD/MM/YYYY HH:mm',
    ],
    [
      'Swedish, named in brackets',
      'Datum;Tid (UTC);Temp',
      (h: number, d: string) => `2023-03-${d};${pad(h)}:00:00;4`,
      'Datum + Tid (UTC) | YYYY-MM-DD HH:mm:ss',
    ],
    [
      'behind dates at midnight, as Excel writes them',
      'Date,Time,Temp',
      (h: number, d: string) => `2023-03-${d} 00:00:00,${pad(h)}:00:00,4`,
      'Date + Time | YYYY-MM-DD HH:mm:ss',
    ],
    [
      'of an unknown name, right behind dates that repeat',
      'Fecha,xyz,Temp',
      (h: number, d: string) => `${d}/03/2023,${h}:00,4`,
      'Fecha + xyz | DD/MM/YYYY H:mm',
    ],
    [
      'hours without names',
      '',
      (h: number, d: string) => `2023-03-${d},${h},4.5`,
      'column 1 + column 2 | YYYY-MM-DD H',
    ],
    [
      'year, month, day and hour without names',
      '',
      (h: number, d: string) => `2023,3,${d},${h},4.5`,
      'column 1 + column 2 + column 3 + column 4 | YYYY MM DD HH',
    ],
    [
      'hours and minutes as one number behind the day of the year',
      'year,doy,hour,temp',
      (h: number, d: string) => `2023,${59 + Number(d)},${h * 100},4.5`,
      'year + doy + hour | YYYY DDD HHmm',
    ],
  ])('%s', async (_, header, row, expected) => {
    expect(await timeOf(`${header === '' ? '' : `${header}\n`}${rows(60, row)}\n`)).toBe(
      `${expected} | hourly`,
    );
  });

  it('is not taken where the dates have one', async () => {
    const text = `Time,Time of maximum,Temp\n${rows(60, (h, d) => `2023-03-${d} ${pad(h)}:00,14:2${h % 10},4`)}\n`;
    expect(await timeOf(text)).toBe('Time | YYYY-MM-DD HH:mm | hourly');
  });
});

describe('the order of day and month', () => {
  it('is the one in which time runs evenly, where all days are below the thirteenth', async () => {
    const days = (write: (day: string) => string): string =>
      `Date,Time,Temp\n${rows(7 * 24, (h, d) => `${write(d)},${pad(h)}:00,4`)}\n`;
    expect(await timeOf(days((day) => `03-${day}-23`))).toBe('Date + Time | MM-DD-YY HH:mm | hourly');
    expect(await timeOf(days((day) => `${day}-03-23`))).toBe('Date + Time | DD-MM-YY HH:mm | hourly');
  });
});

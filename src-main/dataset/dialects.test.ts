import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readContent } from './fixture';

const DAY = 86_400_000;
const pad = (part: number): string => String(part).padStart(2, '0');

interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

function clockOf(time: number): Clock {
  const date = new Date(time);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

const half = ({ hour, minute }: Clock): string =>
  `${hour % 12 === 0 ? 12 : hour % 12}:${pad(minute)} ${hour < 12 ? 'AM' : 'PM'}`;
const time = ({ hour, minute }: Clock): string => `${pad(hour)}:${pad(minute)}`;

/** How programs write dates; each may take several columns. */
const DATE_FORMATS: Readonly<
  Record<string, { readonly names: readonly string[]; write(clock: Clock): readonly string[] }>
> = {
  iso: { names: ['time'], write: (c) => [`${c.year}-${pad(c.month)}-${pad(c.day)}T${time(c)}`] },
  'Y/M/D': { names: ['일시'], write: (c) => [`${c.year}/${c.month}/${c.day} ${c.hour}:${pad(c.minute)}`] },
  'DD.MM.YYYY': { names: ['Zeit'], write: (c) => [`${pad(c.day)}.${pad(c.month)}.${c.year} ${time(c)}`] },
  'M/D/YYYY 12 h': { names: ['Date'], write: (c) => [`${c.month}/${c.day}/${c.year} ${half(c)}`] },
  'DD/MM/YY + HH:mm': {
    names: ['Date', 'Time'],
    write: (c) => [`${pad(c.day)}/${pad(c.month)}/${pad(c.year % 100)}`, time(c)],
  },
  YYYYMMDDHHmm: {
    names: ['MESS_DATUM'],
    write: (c) => [`${c.year}${pad(c.month)}${pad(c.day)}${pad(c.hour)}${pad(c.minute)}`],
  },
  'Y M D h m': {
    names: ['year', 'month', 'day', 'hour', 'minute'],
    write: (c) => [c.year, c.month, c.day, c.hour, c.minute].map(String),
  },
  unix: {
    names: ['timestamp'],
    write: (c) => [String(Date.UTC(c.year, c.month - 1, c.day, c.hour, c.minute) / 1000)],
  },
};

const dialects = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|', ' '),
  decimal: fc.constantFrom('.', ','),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf8', 'utf8 with mark', 'cp949', 'windows-1252', 'utf-16le', 'utf-16be'),
  missing: fc.constantFrom('', '-', '--', '---', 'NA', 'NaN', 'nan', 'null', 'M', '-999', '-9999', '-999.9'),
  date: fc.constantFrom(...Object.keys(DATE_FORMATS)),
  preamble: fc.constantFrom('', 'My station\n', '\n', 'latitude,longitude\n48.1,11.5\n\n'),
  quoted: fc.boolean(),
});

const reading = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -400, max: 450 }).map((value) => value / 10) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);

describe('any table', () => {
  it('reads back equal, in whatever dialect it is written', async () => {
    const rows = fc.array(fc.tuple(reading, reading), { minLength: 16, maxLength: 60 });
    // None in the future, where nothing is measured: a year of two digits would be of the century before.
    const start = fc.integer({ min: Date.UTC(2001, 0, 1) / 600_000, max: Date.UTC(2024, 0, 1) / 600_000 });
    await fc.assert(
      fc.asyncProperty(dialects, rows, start, async (dialect, written, from) => {
        // Steps of 16 h 40 min: in as many rows the day passes the twelfth, so that it cannot be taken for a month.
        const first = Math.floor((from * 600_000) / DAY) * DAY;
        const times = written.map((_, row) => first + row * 60_000_000);
        // A comma cannot part cells and decimals both, unless the cells are quoted.
        const quoted = dialect.delimiter !== ' ' && (dialect.quoted || dialect.delimiter === ',');
        // Between blanks an empty cell is no cell.
        const missing = dialect.delimiter === ' ' && dialect.missing === '' ? '---' : dialect.missing;
        const format = DATE_FORMATS[dialect.date];
        if (format === undefined) throw new Error('no such format');
        const cell = (text: string): string => (quoted ? `"${text}"` : text);
        const number = (value: number): string =>
          Number.isNaN(value)
            ? missing.replace('.', dialect.decimal)
            : value.toFixed(1).replace('.', dialect.decimal);
        const isHangul = dialect.encoding === 'cp949';
        const names = [
          isHangul ? '기온(°C)' : 'Temperatur außen (°C)',
          isHangul ? '습도(%)' : 'Wärme (°C)',
        ].map((name) => (dialect.delimiter === ' ' ? name.replaceAll(' ', '_') : name));
        // Between blanks a date with a clock takes two columns.
        const parts = format.write(clockOf(times[0] ?? 0)).length;
        const splits =
          dialect.delimiter === ' ' && parts === 1 && (format.write(clockOf(0))[0] ?? '').includes(' ');
        const dateNames = splits
          ? ['Date', 'Time']
          : format.names.map((name) => (isHangul || name !== '일시' ? name : 'time'));
        const lines = [
          [...dateNames, ...names].map(cell).join(dialect.delimiter),
          ...written.map(([a, b], row) =>
            [...format.write(clockOf(times[row] ?? 0)), number(a), number(b)]
              .map(cell)
              .join(dialect.delimiter),
          ),
          '',
        ];
        const text = dialect.preamble.replaceAll('\n', dialect.lineEnd) + lines.join(dialect.lineEnd);
        const codec = dialect.encoding.replace(' with mark', '');
        const bytes = iconv.encode(text, codec, { addBOM: dialect.encoding !== codec });
        const table = await readContent(bytes);
        const columns = table.columns.slice(-2);
        const seen = `${JSON.stringify(dialect)}\n${text.slice(0, 300)}`;
        expect([...(table.time?.times ?? [])], seen).toEqual(times);
        if (dialect.delimiter !== ' ')
          expect(
            columns.map(({ name }) => name),
            seen,
          ).toEqual(names);
        columns.forEach((column, index) => {
          const values = written.map((_, row) => {
            const value = column.numberAt(row);
            return value <= -999 ? NaN : value;
          });
          expect(values, seen).toEqual(written.map((pair) => pair[index] ?? NaN));
        });
      }),
      { numRuns: Number(process.env['HINDCAST_DIALECTS'] ?? 300) },
    );
  });
});

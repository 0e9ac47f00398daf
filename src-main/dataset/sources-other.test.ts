import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gzipSync as gzip } from 'node:zlib';
import { gzipSync, strToU8, zipSync } from 'fflate';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { describe, expect, it } from 'vitest';
import { dailyLines, factsOf, problemOf, reasonsOf, summaryOf, summaryOfFixture } from './fixture';
import { phrase } from '../contract/phrases';

const fixture = (name: string): Promise<Uint8Array> =>
  readFile(resolve('src-main/dataset/fixtures', name)).then((buffer) => new Uint8Array(buffer));

async function weewxDatabase(usUnits: number, rows = 12): Promise<Uint8Array> {
  const sql = await initSqlJs();
  const database = new sql.Database();
  database.run(
    'CREATE TABLE archive (dateTime INTEGER PRIMARY KEY, usUnits INTEGER, interval INTEGER, barometer REAL, ' +
      'outTemp REAL, outHumidity REAL, windSpeed REAL, windDir REAL, rain REAL, dewpoint REAL, extraTemp1 REAL)',
  );
  database.run('CREATE TABLE archive_day_outTemp (dateTime INTEGER, min REAL)');
  for (let row = 0; row < rows; row += 1) {
    // A hole of an hour after the eighth row.
    const time = 1_609_459_200 + row * 300 + (row > 7 ? 3600 : 0);
    const temperature = row === 3 ? null : 40 + row / 10;
    database.run('INSERT INTO archive VALUES (?,?,5,?,?,80,?,?,?,35.5,NULL)', [
      time,
      usUnits,
      29.9 + row / 100,
      temperature,
      row % 3,
      row % 3 === 0 ? null : 225,
      row === 5 ? 0.01 : 0,
    ]);
  }
  const bytes = database.export();
  database.close();
  return bytes;
}

describe('WeeWX databases', () => {
  it.each([
    [1, '°F', 'inHg', 'mph', 'in'],
    [16, '°C', 'mbar', 'km/h', 'cm'],
    [17, '°C', 'mbar', 'm/s', 'mm'],
  ])('of usUnits %i are read with their units', async (usUnits, temperature, pressure, wind, rain) => {
    const summary = await summaryOf(await weewxDatabase(usUnits));
    expect(summary).toMatchObject({
      format: { id: 'weewx', label: phrase('format-weewx') },
      rows: 12,
      gapCount: 1,
      time: { format: 'Unix seconds', zone: 'UTC' },
      step: { label: '5 minutes' },
      range: { from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 0, 1, 1, 55) },
    });
    expect(summary.columns.map(({ name, unit, missing }) => [name, unit, missing])).toEqual([
      ['dateTime', '', 0],
      ['usUnits', '', 0],
      ['interval', '', 0],
      ['barometer', pressure, 0],
      ['outTemp', temperature, 1],
      ['outHumidity', '%', 0],
      ['windSpeed', wind, 0],
      ['windDir', '°', 4],
      ['rain', rain, 0],
      ['dewpoint', temperature, 0],
    ]);
    expect(summary.columns[4]).toMatchObject({ role: 'target', min: 40, max: 41.1 });
    expect(reasonsOf(summary).join('; ')).toContain(`usUnits ${usUnits}`);
  });

  it('that are no databases are refused in a sentence', async () => {
    const good = await weewxDatabase(1);
    const cut = await problemOf(summaryOf(good.subarray(0, 2000)));
    expect(cut.message).toMatch(/^“readings.csv” cannot be read: SQLite says: .*\./);
    const header = strToU8('SQLite format 3\0 and then something else altogether');
    expect((await problemOf(summaryOf(header))).code).toBe('file-damaged');
  });

  it('of other programs give their largest table', async () => {
    const sql = await initSqlJs();
    const database = new sql.Database();
    database.run('CREATE TABLE notes (text TEXT)');
    database.run('CREATE TABLE "read""ings" (time TEXT, temp REAL)');
    for (let day = 1; day <= 9; day += 1) {
      database.run('INSERT INTO "read""ings" VALUES (?, ?)', [`2021-01-0${day}`, day + 0.5]);
    }
    const summary = await summaryOf(database.export());
    database.close();
    expect(summary).toMatchObject({ rows: 9, step: { label: 'daily' } });
    expect(reasonsOf(summary)).toContain('the largest of 2 tables is “read"ings”');
    const empty = new sql.Database();
    empty.run('CREATE TABLE archive (dateTime INTEGER, usUnits INTEGER)');
    expect((await problemOf(summaryOf(empty.export()))).code).toBe('no-rows');
  });
});

/** A workbook with the sheets' XML given: numbers and inline texts. */
function workbook(...sheets: readonly string[]): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const names = sheets.map(
    (_, index) => `<sheet name="Sheet ${index + 1}" sheetId="${index + 1}" r:id="r${index + 1}"/>`,
  );
  const targets = sheets.map(
    (_, index) =>
      `<Relationship Id="r${index + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const relationships = (inner: string): Uint8Array =>
    strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
    );
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    '_rels/.rels': relationships(
      `<Relationship Id="a" Type="${relation}/officeDocument" Target="xl/workbook.xml"/>`,
    ),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets>${names.join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': relationships(
      `${targets.join('')}<Relationship Id="s" Type="${relation}/styles" Target="styles.xml"/>`,
    ),
    'xl/styles.xml': strToU8(
      `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ),
    ...Object.fromEntries(
      sheets.map((rows, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        strToU8(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
      ]),
    ),
  });
}

function rowXml(row: number, cells: readonly (string | number | Date)[]): string {
  const columns = 'ABCDEFGH';
  const inner = cells.map((cell, index) => {
    const place = `${columns[index]}${row}`;
    if (cell instanceof Date)
      return `<c r="${place}" s="1"><v>${cell.getTime() / 86_400_000 + 25_569}</v></c>`;
    if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${row}">${inner.join('')}</row>`;
}

describe('Excel workbooks', () => {
  it('give the longest sheet, dates and numbers as they are', async () => {
    const rows = Array.from({ length: 24 }, (_, hour) =>
      rowXml(hour + 3, [
        new Date(Date.UTC(2021, 0, 1, hour)),
        -1.5 + hour / 4,
        hour === 4 ? '--' : 60 + hour,
      ]),
    );
    const sheet =
      rowXml(1, ['My garden']) + rowXml(2, ['Zeit', 'Temperatur (°C)', 'Luftfeuchte (%)']) + rows.join('');
    const summary = await summaryOf(workbook(rowXml(1, ['read me']), sheet));
    expect(factsOf('', summary)).toEqual({
      file: '',
      label: 'Excel workbook',
      form: 'UTF-8 |  | . | header 2',
      time: 'Zeit | YYYY-MM-DD HH:mm:ss | hourly | 2021-01-01T00:00 | 2021-01-01T23:00',
      rows: 24,
      gaps: 0,
      columns: [
        'Temperatur (°C) | temperature in °C | 0 | -1.5 to 4.25',
        'Luftfeuchte (%) | relative humidity in % | 1 | 60 to 83',
      ],
    });
    expect(reasonsOf(summary)).toContain('sheet “Sheet 2”, the longest of 2');
  });

  it('without rows, or damaged, are refused in a sentence', async () => {
    expect((await problemOf(summaryOf(workbook('')))).code).toBe('file-no-table');
    const damaged = workbook(rowXml(1, ['a', 'b']));
    expect((await problemOf(summaryOf(damaged.subarray(0, damaged.length - 60)))).code).toBe('file-damaged');
  });
});

/** 39 MB that pack to a few kilobytes. */
const REPEATED = strToU8(`2021-01-01,1\n`.repeat(3_000_000));

describe('packed files', () => {
  it('are read like what is in them', async () => {
    const plain = await summaryOfFixture('dwd-hourly.txt');
    const gzip = await summaryOf(gzipSync(await fixture('dwd-hourly.txt')));
    expect(gzip.columns).toEqual(plain.columns);
    expect(reasonsOf(gzip)[0]).toBe('unpacked from gzip');
    const zip = await summaryOf(zipSync({ 'data/produkt.txt': await fixture('dwd-hourly.txt') }));
    expect(zip.columns).toEqual(plain.columns);
    expect(reasonsOf(zip)[0]).toBe('“data/produkt.txt” unpacked from ZIP');
    const database = await summaryOf(gzipSync(await weewxDatabase(1)));
    expect(database.format.id).toBe('weewx');
  });

  it('with several tables give the largest, and say so', async () => {
    const zip = zipSync({
      'readme.txt': strToU8('It was a dark and stormy night.\n'.repeat(400)),
      'short.csv': strToU8(`date,temp\n${dailyLines(9, (day) => `${day}`)}`),
      'long.csv': strToU8(`date,temp\n${dailyLines(99, (day) => `${day}`)}`),
    });
    const summary = await summaryOf(zip);
    expect(summary.rows).toBe(99);
    expect(reasonsOf(summary)[0]).toBe('“long.csv” unpacked from ZIP, the largest table among 3 files');
    const none = await problemOf(
      summaryOf(zipSync({ 'a.pdf': strToU8('%PDF-1.4'), 'b.txt': strToU8('hello\n') })),
    );
    expect(none.message).toContain('has no table that Hindcast recognises: the archive holds a.pdf, b.txt.');
  });

  it('that are damaged, locked or bombs are refused in a sentence', async () => {
    const packed = gzipSync(strToU8(`date,temp\n${dailyLines(900, (day) => `${day}`)}`));
    const cut = await problemOf(summaryOf(packed.subarray(0, packed.length - 20)));
    expect(cut.message).toContain('the gzip archive is damaged or cut off');
    const locked = zipSync({ 'a.csv': strToU8(`date,temp\n${dailyLines(9, (day) => `${day}`)}`) });
    locked[6] = 1;
    expect((await problemOf(summaryOf(locked))).message).toContain('it is locked with a password');
    const bomb = await problemOf(summaryOf(gzip(REPEATED)));
    expect(bomb.code).toBe('file-too-large');
    expect(bomb.message).toMatch(/has at least .* MB of unpacked data, more than the 250-fold/);
  });

  it('that lie about their size are stopped by the true one', async () => {
    const lying = zipSync({ 'a.csv': REPEATED });
    expect((await problemOf(summaryOf(lying))).code).toBe('file-too-large');
    const view = new DataView(lying.buffer, lying.byteOffset, lying.byteLength);
    for (let at = 0; at + 4 < lying.length; at += 1) {
      // Uncompressed size in local headers (22) and in the central directory (24).
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 1000, true);
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
    }
    expect((await problemOf(summaryOf(lying))).code).toBe('file-too-large');
  });
});

describe('Cumulus MX dayfile', () => {
  it('has a name for each field', async () => {
    const summary = await summaryOfFixture('cumulus-dayfile.txt');
    const facts = factsOf('cumulus-dayfile.txt', summary);
    expect(facts).toMatchObject({
      label: 'Cumulus MX dayfile',
      form: 'UTF-8 | comma | . | header 0',
      time: 'Date | DD/MM/YY | daily | 2021-01-13T00:00 | 2021-01-17T00:00',
      rows: 5,
    });
    expect(facts.columns).toHaveLength(45);
    expect(facts.columns.slice(0, 5)).toEqual([
      'Highest wind gust | wind gust in m/s | 0 | 22.3 to 22.3',
      'Bearing of highest gust | wind direction in ° | 0 | 225 to 225',
      'Time of highest gust | other | 0 | 5 words',
      'Lowest temperature | temperature in °C | 0 | 1 to 1.4',
      'Time of lowest temperature | other | 0 | 5 words',
    ]);
    expect(facts.columns).toContain('Rain | rain in mm | 0 | 3 to 3.4');
    expect(summary.columns.find(({ role }) => role === 'target')?.name).toBe('Average temperature');
  });
});

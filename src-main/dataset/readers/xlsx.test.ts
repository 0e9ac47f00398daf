import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XmlReader } from '../bytes/xml-reader';
import { problemOf, summaryOf } from '../fixture';
import { isDateFormat } from './xlsx-parts';

interface Parts {
  readonly strings?: string;
  readonly styles?: string;
  readonly workbook?: string;
  readonly behind?: string;
}

/** A workbook of one sheet, as small as one can be. */
function workbook(rows: string, { strings, styles, workbook: properties = '', behind = '' }: Parts = {}) {
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
  return zipSync({
    'xl/workbook.xml': strToU8(
      `<workbook xmlns:r="r">${properties}<sheets><sheet name="Sheet" sheetId="1" r:id="a"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${relation('a', 'worksheet', 'worksheets/sheet1.xml')}${relation('b', 'styles', 'styles.xml')}${relation('c', 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    ),
    'xl/styles.xml': strToU8(
      styles ?? '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ),
    ...(strings === undefined ? {} : { 'xl/sharedStrings.xml': strToU8(`<sst>${strings}</sst>`) }),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet><dimension ref="A1:B2"/><sheetData>${rows}</sheetData>${behind}</worksheet>`,
    ),
  });
}

const text = (place: string, content: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${content}</t></is></c>`;
const HEADER = `<row r="1">${text('A1', 'date')}${text('B1', 'temp')}</row>`;
/** Rows 2 to 31: days from 2021-01-01 (44,197 days since 1900) on. */
const days = (cell: (row: number) => string): string =>
  Array.from({ length: 30 }, (_, day) => {
    const row = day + 2;
    return `<row r="${row}"><c r="A${row}" s="1"><v>${44_197 + day}</v></c>${cell(row)}</row>`;
  }).join('');
const usual = days((row) => `<c r="B${row}"><v>${row / 2}</v></c>`);

describe('what a workbook may hold', () => {
  it('is read: dates, numbers, results of formulas, errors as missing', async () => {
    const cells = days((row) => {
      if (row === 5) return `<c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c>`;
      if (row === 6) return `<c r="B6"><f>A1&gt;"x"</f><v>3.5</v></c>`;
      return `<c r="B${row}"><v>${row / 2}</v></c>`;
    });
    const summary = await summaryOf(workbook(HEADER + cells));
    expect(summary).toMatchObject({ rows: 30, step: { label: 'daily' }, time: { format: 'YYYY-MM-DD' } });
    expect(summary.range).toEqual({ from: Date.UTC(2021, 0, 1), to: Date.UTC(2021, 0, 30) });
    expect(summary.columns[1]).toMatchObject({ count: 29, missing: 1, words: 0, min: 1, max: 15.5 });
  });

  it('has days that count from 1904 where it says so', async () => {
    const summary = await summaryOf(workbook(HEADER + usual, { workbook: '<workbookPr date1904="1"/>' }));
    expect(summary.range?.from).toBe(Date.UTC(2025, 0, 2));
  });

  it('names texts by number, in runs of letters and beside how they are spoken', async () => {
    const strings = '<si><r><t>da</t></r><r><t>te</t></r><rPh><t>x</t></rPh></si><si><t>te&#x6d;p</t></si>';
    const header = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>';
    const summary = await summaryOf(workbook(header + usual, { strings }));
    expect(summary.columns.map(({ name }) => name)).toEqual(['date', 'temp']);
  });

  it('has tags with a prefix, single quotes, comments, CDATA and cells without a place', async () => {
    const rows = `${HEADER.replace('<t>temp</t>', '<t><![CDATA[temp]]></t>')}<!-- <row> -->${usual}`
      .replace(/<(\/?)(row|c|v|is|t)\b/g, '<$1x:$2')
      .replace(/ r="[A-Z]\d+"/g, '')
      .replace(/s="1"/g, "s = '1'");
    const summary = await summaryOf(workbook(rows));
    expect(summary).toMatchObject({ rows: 30, step: { label: 'daily' } });
    expect(summary.columns[1]).toMatchObject({ name: 'temp', count: 30, max: 15.5 });
  });

  it('does not count what it lists behind its rows, nor empty cells', async () => {
    const blank = '<c s="1"/>'.repeat(3000);
    const rows = HEADER + usual + `<row r="32">${blank}</row>`.repeat(20);
    const behind = `<mergeCells>${'<mergeCell ref="A1:B9"/>'.repeat(50_000)}</mergeCells>`;
    expect(await summaryOf(workbook(rows, { behind }))).toMatchObject({ rows: 30 });
  });
});

describe('a workbook beyond bounds', () => {
  const strings = (content: string): Parts => ({ strings: `<si><t>${content}</t></si>` });
  const named = (count: number): string =>
    Array.from({ length: count }, (_, row) => `<row r="${row + 1}"><c t="s"><v>0</v></c></row>`).join('');

  it.each([
    ['a column far out', '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>', {}, 'file-damaged'],
    ['a column behind the last', '<row r="1"><c r="XFE1"><v>1</v></c></row>', {}, 'file-damaged'],
    [
      'the last column',
      '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
      {},
      'too-many-columns',
    ],
    ['a place that is none', '<row r="1"><c r="11"><v>1</v></c></row>', {}, 'file-damaged'],
    ['a row far out', '<row r="999999999999"><c r="A1"><v>1</v></c></row>', {}, 'file-damaged'],
    ['a row that is no number', '<row r="x"><c r="A1"><v>1</v></c></row>', {}, 'file-damaged'],
    ['a text that is not there', '<row r="1"><c t="s"><v>7</v></c></row>', strings('a'), 'file-damaged'],
    ['a text longer than cells', '<row r="1"/>', strings('x'.repeat(70_000)), 'file-damaged'],
    ['one long text 400,000 times', named(400_000), strings('x'.repeat(32_000)), 'file-too-large'],
    [
      'a row of long texts',
      `<row>${'<c t="s"><v>0</v></c>'.repeat(40)}</row>`,
      strings('x'.repeat(32_000)),
      'line-too-long',
    ],
    ['tags that do not match', '<row><c><v>1</c></v></row>', {}, 'file-damaged'],
    ['a tag without an end', `<row r="1${'x'.repeat(100_000)}`, {}, 'file-damaged'],
    ['elements too deep', '<a>'.repeat(100_000), {}, 'file-damaged'],
    ['nothing', '', {}, 'file-no-table'],
  ])('%s ends in a sentence', async (_, rows, parts, code) => {
    expect((await problemOf(summaryOf(workbook(rows, parts)))).code).toBe(code);
  });

  it('keeps the row before the last that a sheet can have', async () => {
    const far = `<row r="1048576"><c r="A1048576" s="1"><v>44300</v></c><c r="B1048576"><v>1</v></c></row>`;
    expect(await summaryOf(workbook(HEADER + usual + far))).toMatchObject({ rows: 31 });
  });

  it('with a document type is refused, so that no entity grows', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    expect((await problemOf(summaryOf(workbook(bomb + HEADER + usual)))).code).toBe('file-damaged');
  });
});

describe('number formats', () => {
  it.each([
    ['yyyy-mm-dd', true],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', true],
    ['yyyy"년" m"월" d"일";@', true],
    ['[h]:mm:ss.00', true],
    ['h:mm AM/PM', true],
    ['General', false],
    ['0.00', false],
    ['#,##0.0 "days"', false],
    ['[Red]0', false],
    ['"d"0', false],
    ['@', false],
  ])('%s', (format, expected) => {
    expect(isDateFormat(format)).toBe(expected);
  });
});

describe('XmlReader', () => {
  const read = (pieces: readonly string[]): string => {
    let seen = '';
    const xml = new XmlReader({
      open: (name, attributes) => (seen += `<${name} ${attributes.get('a')}>`),
      close: (name) => (seen += `</${name}>`),
      text: (piece) => (seen += piece),
    });
    pieces.forEach((piece) => xml.feed(piece));
    xml.end();
    return seen;
  };

  it('reads the same however the text is cut', () => {
    const whole = `<?xml version="1.0"?><!-- a > b --><x:r a="1 &gt; 0"><c a='"'>1 &amp; 2</c><c  a = "3>"/><![CDATA[<]]]]>&#44;</x:r>`;
    const expected = '<r 1 > 0><c ">1 & 2</c><c 3>></c><]],</r>';
    expect(read([whole])).toBe(expected);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length)), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const pieces = places.slice(1).map((end, index) => whole.slice(places[index], end));
        expect(read(pieces)).toBe(expected);
      }),
    );
  });

  it('ends in a reading or a SyntaxError whatever comes', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      '=',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&',
      ';',
      '<a>',
      '</a>',
    );
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        try {
          read(pieces);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });
});

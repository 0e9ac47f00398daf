import { XmlReader, type XmlAttributes, type XmlHandler } from '../bytes/xml-reader';
import { Malformed, phrase } from '../../contract/phrases';

/** What a workbook declares: its sheets in order, and from which year its days count. */
export interface WorkbookPart {
  readonly sheets: readonly { readonly name: string; readonly relation: string }[];
  readonly from1904: boolean;
}

export interface PartReader<T> extends XmlHandler {
  result(): T;
}

const nothing = (): void => undefined;

export function workbookReader(): PartReader<WorkbookPart> {
  const sheets: { name: string; relation: string }[] = [];
  let from1904 = false;
  return {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributes.get('date1904'));
      else if (name === 'sheet') {
        sheets.push({ name: attributes.get('name'), relation: relationOf(attributes) });
      }
    },
    close: nothing,
    text: nothing,
    result: () => ({ sheets, from1904 }),
  };
}

/** Office writes 'r:id'; other programs may choose another prefix. */
const relationOf = (attributes: XmlAttributes): string =>
  ['r:id', 'd3p1:id', 'rel:id', 'ns1:id'].map((name) => attributes.get(name)).find((id) => id !== '') ?? '';

/** Where the parts lie that a workbook names, as names in the archive by their relation. */
export function relationsReader(): PartReader<ReadonlyMap<string, string>> {
  const targets = new Map<string, string>();
  return {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = attributes.get('Target');
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
      targets.set(attributes.get('Id'), path);
    },
    close: nothing,
    text: nothing,
    result: () => targets,
  };
}

/** Number formats of dates and times that a style may name without writing them (ECMA-376, 18.8.30). */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) ||
  (id >= 27 && id <= 36) ||
  (id >= 45 && id <= 47) ||
  (id >= 50 && id <= 58) ||
  (id >= 71 && id <= 81);

/** For each style of cells, whether it shows a date or a time. */
export function stylesReader(): PartReader<readonly boolean[]> {
  const formats = new Map<string, string>();
  const styles: string[] = [];
  let inCells = false;
  return {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(attributes.get('numFmtId'), attributes.get('formatCode'));
      else if (name === 'cellXfs') inCells = true;
      // A workbook can have 65,490 styles.
      else if (name === 'xf' && inCells && styles.length < 100_000) styles.push(attributes.get('numFmtId'));
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
    text: nothing,
    result: () =>
      styles.map((id) => {
        const format = formats.get(id);
        return format === undefined ? isBuiltInDate(Number(id)) : isDateFormat(format);
      }),
  };
}

const DATE_LETTERS = /^(?:y{1,4}|m{1,5}|d{1,4}|h{1,2}|s{1,2}|am|pm|[ap]|a{3,5}|e{1,4}|g{1,4}|b{1,4})$/;

/** Whether a number format writes parts of a date or a time: 'yyyy"년" m', '[h]:mm:ss.00;@'. */
export function isDateFormat(format: string): boolean {
  const bare = format
    .slice(0, 255)
    .toLowerCase()
    .replace(/"[^"]*"|\\.|_.|\*./g, ' ')
    .replace(/\[([hms]{1,2})\]/g, '$1')
    .replace(/\[[^[\]]*\]/g, ' ')
    .replace(/s[.,]0{1,3}/g, 's');
  const [first = ''] = bare.split(';');
  const words = first.split(/[^a-z]+/).filter((word) => word !== '');
  return words.length > 0 && !/[0#?]/.test(first) && words.every((word) => DATE_LETTERS.test(word));
}

/**
 * Texts that cells name by their number.
 * @param longest in characters
 */
export function stringsReader(longest: number, take: (text: string) => void): PartReader<void> {
  let text = '';
  let isText = false;
  let inReading = false;
  return {
    open(name) {
      if (name === 'si') text = '';
      // How Japanese is spoken stands beside how it is written.
      else if (name === 'rPh') inReading = true;
      else if (name === 't') isText = !inReading;
    },
    close(name) {
      if (name === 'si') take(text);
      else if (name === 'rPh') inReading = false;
      else if (name === 't') isText = false;
    },
    text(piece) {
      if (!isText) return;
      text += piece;
      if (text.length > longest) throw new Malformed(phrase('text-too-long'));
    },
    result: nothing,
  };
}

/** Feeds a reader of XML with the texts of a part. @throws SyntaxError */
export async function readPart<T>(texts: AsyncIterable<string>, part: PartReader<T>): Promise<T> {
  const xml = new XmlReader(part);
  for await (const text of texts) xml.feed(text);
  xml.end();
  return part.result();
}

import { shownName } from './zip-archive';
import { Malformed, phrase } from '../../contract/phrases';

/** What the reader calls; names come without their prefix: 'row' for `<x:row>`. */
export interface XmlHandler {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  /** A piece of text between tags; one text may come in several pieces. */
  text(piece: string): void;
}

/** Elements of documents that we read lie four deep. */
const MOST_DEPTH = 64;
const LONGEST_TAG = 32_768;
const LONGEST_ENTITY = 12;

/** How markup that is no element begins, and how it ends. */
const SKIPPED = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/**
 * Reads XML piece by piece and keeps nothing of it. It knows what documents of Office programs hold: elements,
 * attributes, text, comments, CDATA and the five entities; no document types, and so no entities that grow.
 */
export class XmlReader {
  #pending = '';
  /** Where in the text at hand begins what is not yet taken. */
  #keptFrom = 0;
  /** Up to where markup goes on that is left out, or, for CDATA, given as it stands. */
  #until: typeof CDATA_END | '-->' | '?>' | null = null;
  readonly #path: string[] = [];
  readonly #handler: XmlHandler;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** @throws SyntaxError where the XML is malformed */
  feed(piece: string): void {
    const text = this.#pending + piece;
    let at = 0;
    for (;;) {
      const next = this.#until === null ? this.#takeNext(text, at) : this.#leaveOut(text, at, this.#until);
      if (next < 0) break;
      at = next;
    }
    this.#pending = text.slice(this.#keptFrom);
  }

  /** @throws SyntaxError where something is still open */
  end(): void {
    if (this.#path.length > 0 || this.#until !== null || this.#pending.trim() !== '') {
      throw new Malformed(phrase('xml-cut-off'));
    }
  }

  /** Takes text and the tag behind it; -1 where more has to come first. */
  #takeNext(text: string, at: number): number {
    const tag = text.indexOf('<', at);
    if (tag < 0) {
      // An entity may go on in the next piece.
      const entity = text.lastIndexOf('&');
      const isCut = entity >= at && text.length - entity < LONGEST_ENTITY && !text.includes(';', entity);
      this.#keptFrom = isCut ? entity : text.length;
      this.#giveText(text.slice(at, this.#keptFrom));
      return -1;
    }
    if (tag > at) this.#giveText(text.slice(at, tag));
    this.#keptFrom = tag;
    const second = text.charCodeAt(tag + 1);
    if (second === 33 || second === 63) return this.#takeMarkup(text, tag);
    const end = endOfTag(text, tag);
    if (end < 0) {
      if (text.length - tag > LONGEST_TAG) throw new Malformed(phrase('xml-tag-open'));
      return -1;
    }
    this.#takeTag(text, tag, end);
    return end + 1;
  }

  /** A comment, an instruction or CDATA. */
  #takeMarkup(text: string, at: number): number {
    if (text.startsWith(CDATA, at)) {
      this.#until = CDATA_END;
      return at + CDATA.length;
    }
    const skipped = SKIPPED.find(([begin]) => text.startsWith(begin, at));
    if (skipped !== undefined) {
      this.#until = skipped[1];
      return at + skipped[0].length;
    }
    if (text.length - at < CDATA.length) return -1;
    throw new Malformed(phrase('xml-doctype'));
  }

  #leaveOut(text: string, at: number, until: string): number {
    const end = text.indexOf(until, at);
    const last = end < 0 ? Math.max(at, text.length - until.length + 1) : end;
    if (until === CDATA_END) this.#handler.text(text.slice(at, last));
    this.#keptFrom = last;
    if (end < 0) return -1;
    this.#until = null;
    return end + until.length;
  }

  #takeTag(text: string, start: number, end: number): void {
    if (text.charCodeAt(start + 1) === 47) {
      const name = localName(text.slice(start + 2, end).trimEnd());
      if (this.#path.pop() !== name) throw new Malformed(phrase('xml-end', { name: shownName(name) }));
      this.#handler.close(name);
      return;
    }
    const isEmpty = text.charCodeAt(end - 1) === 47;
    const inner = text.slice(start + 1, isEmpty ? end - 1 : end);
    const blank = inner.search(/\s/);
    const name = localName(blank < 0 ? inner : inner.slice(0, blank));
    if (name === '') throw new Malformed(phrase('xml-no-name'));
    this.#handler.open(name, new XmlAttributes(blank < 0 ? '' : inner.slice(blank)));
    if (isEmpty) {
      this.#handler.close(name);
      return;
    }
    this.#path.push(name);
    if (this.#path.length > MOST_DEPTH) throw new Malformed(phrase('xml-deep'));
  }

  #giveText(text: string): void {
    if (text !== '' && this.#path.length > 0) this.#handler.text(withEntities(text));
  }
}

/** The '>' of a tag; those in the values of attributes are passed over. -1 where it has not come yet. */
function endOfTag(text: string, start: number): number {
  let end = text.indexOf('>', start);
  // Most tags hold no '>' in a value: an even number of quotation marks before the first one tells.
  for (let from = start, quote = 0; end >= 0; end = text.indexOf('>', end + 1)) {
    if (end - start > LONGEST_TAG) return -1;
    for (; from < end; from += 1) {
      const code = text.charCodeAt(from);
      if (quote === 0 && (code === 34 || code === 39)) quote = code;
      else if (code === quote) quote = 0;
    }
    if (quote === 0) return end;
  }
  return -1;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function withEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[String(name)] ?? whole;
    const code = hex === undefined ? Number(decimal) : parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** The attributes of a tag: looked up when they are asked for. */
export class XmlAttributes {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  /** The value of an attribute, '' where there is none; `name` with its prefix, where the document gives it one. */
  get(name: string): string {
    const text = this.#text;
    if (text === '') return '';
    // The usual form, ` name="value"`: no value holds a quotation mark of its own kind.
    if (!/['\t\n\r]/.test(text)) {
      const start = text.indexOf(` ${name}="`);
      if (start >= 0) {
        const from = start + name.length + 3;
        return withEntities(text.slice(from, text.indexOf('"', from)));
      }
      if (!text.includes(' =') && !text.includes('= ')) return '';
    }
    for (const [, key, double, single] of text.matchAll(
      /\s([^\s="']{1,64})\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
    )) {
      if (key === name) return withEntities(double ?? single ?? '');
    }
    return '';
  }
}

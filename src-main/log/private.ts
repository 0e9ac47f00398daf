import { visible } from '../contract/visible';

/** A stack or a message longer than this is cut. */
const MOST_LINES = 60;
const MOST_CHARACTERS = 2000;

/** A text in quotation marks; an apostrophe within a word opens none. */
const QUOTED = /(?<![\p{L}\d])'[^'\n]*'(?!\p{L})|"[^"\n]*"|“[^“”\n]*”|`[^`\n]*`/gu;
/** An absolute path, without blanks, that stands in a sentence without quotation marks. */
const BARE_PATH = /(?<![\w/\\:])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^\s'"“”()]+/g;
const LOOKS_LIKE_PATH = /^(?:file:|[A-Za-z]:)?[\\/]|^\.{1,2}[\\/]/;
/** What V8 and Node quote is a name of the program's. */
const NAMES_OF_THE_PROGRAM = /(?:\((?:reading|setting) |\bmodule )$/;

/**
 * A message, or the text of a stack, as the log may keep it: without cells, names of columns and file contents, which
 * stand in quotation marks, and without folders: of a path the last name is kept. Each line is short, shows what it holds,
 * and there are not too many.
 */
export function withoutPrivate(text: string): string {
  const lines = text.split(/\r?\n/);
  const kept = lines
    .slice(0, MOST_LINES)
    .map((line) => visible(cleanLine(line.slice(0, MOST_CHARACTERS))).slice(0, MOST_CHARACTERS));
  if (lines.length > MOST_LINES) kept.push(`(${lines.length - MOST_LINES} further lines)`);
  return kept.join('\n');
}

function cleanLine(line: string): string {
  if (/^\s+at /.test(line)) return cleanFrame(line);
  return withoutJson(line)
    .replace(QUOTED, (whole, offset: number, within: string) => {
      const [open, inner, close] = [whole.slice(0, 1), whole.slice(1, -1), whole.slice(-1)];
      if (LOOKS_LIKE_PATH.test(inner)) return open + lastName(inner) + close;
      return NAMES_OF_THE_PROGRAM.test(within.slice(0, offset)) ? whole : `${open}…${close}`;
    })
    .replace(BARE_PATH, lastName);
}

/** The sentence of JSON.parse quotes the text that it could not read, with all quotation marks in it. */
function withoutJson(line: string): string {
  const end = line.lastIndexOf(' is not valid JSON');
  const begin = line.slice(0, Math.max(0, end)).search(/(?:\.\.\.)?"/);
  return begin < 0 ? line : `${line.slice(0, begin)}“…”${line.slice(end)}`;
}

/** `    at name (/folder/file.cjs:1:2)` with the file's name alone. */
function cleanFrame(line: string): string {
  const cut = Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\'));
  if (cut < 0) return line;
  const bracket = line.indexOf(' (');
  const named = bracket > 0 && bracket < cut && !/[\\/]/.test(line.slice(0, bracket));
  return (named ? line.slice(0, bracket + 2) : '    at ') + line.slice(cut + 1);
}

function lastName(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? ''
  );
}

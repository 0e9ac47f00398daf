/** A stretch of a line: as it stands, or white space and signs without a shape, given a visible one. */
export interface Piece {
  readonly text: string;
  readonly isMark: boolean;
}

const TAB = '\t';
/** Unicode's pictures of the control characters stand in their order. */
const PICTURES = 0x2400;
const DELETE_PICTURE = '\u2421';

/**
 * A line with what one would not see made visible: tabs (→), blanks where they matter (·: at either end, in runs, or
 * everywhere where they part the columns), no-break blanks (⍽), control characters by their pictures, and characters
 * without a width or that turn the direction of writing by their numbers.
 */
export function visiblePieces(line: string, delimiter: string): Piece[] {
  const blanks = delimiter === ' ' ? / /g : /^ +| +$| {2,}/g;
  const dotted = line.replace(blanks, (run) => '\uE000'.repeat(run.length));
  const pieces: Piece[] = [];
  for (const part of dotted.split(/(\uE000+|[\p{Cc}\p{Cf}\u00A0\u2028\u2029\u202F])/u)) {
    if (part === '') continue;
    const mark = markOf(part);
    pieces.push(mark === null ? { text: part, isMark: false } : { text: mark, isMark: true });
  }
  return pieces;
}

function markOf(part: string): string | null {
  if (part.startsWith('\uE000')) return '·'.repeat(part.length);
  // The arrow is followed by the tab itself, so that columns stand below one another.
  if (part === TAB) return `→${TAB}`;
  if (part === '\u00A0' || part === '\u202F') return '⍽';
  const code = part.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === 0x7f) return DELETE_PICTURE;
  return /^[\p{Cc}\p{Cf}\u2028\u2029]$/u.test(part) ? `‹U+${code.toString(16).toUpperCase()}›` : null;
}

/** A word between blanks, with the places it takes on its line: from `start` up to but not including `end`. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The places that a column takes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A clock with its half of the day behind a blank is one word: '1:30 PM'. */
const WORD = /\d{1,2}:\d{2}(?::\d{2})? [ap]\.?m\.?(?=\s|$)|\S+/gi;

export function tokensOf(line: string): Token[] {
  return [...line.matchAll(WORD)].map((match) => {
    const start = match.index ?? 0;
    return { text: match[0], start, end: start + match[0].length };
  });
}

/** The places of columns by lines that all have as many words; null where those of two columns overlap. */
export function spansOf(lines: readonly { readonly text: string }[]): Span[] | null {
  const spans: { start: number; end: number }[] = [];
  for (const { text } of lines) {
    tokensOf(text).forEach((token, column) => {
      const span = (spans[column] ??= { start: token.start, end: token.end });
      span.start = Math.min(span.start, token.start);
      span.end = Math.max(span.end, token.end);
    });
  }
  const overlaps = spans.some((span, column) => span.end > (spans[column + 1]?.start ?? Infinity));
  return spans.length === 0 || overlaps ? null : spans;
}

/** The words of a line by the columns they stand nearest to, several in one column joined; '' where none does. */
export function cellsInSpans(tokens: readonly Token[], spans: readonly Span[]): string[] {
  const cells = spans.map(() => '');
  const last = spans.at(-1);
  // Words and places both run from left to right: places that end before a word are not looked at again.
  let first = 0;
  for (const token of tokens) {
    // A word far behind the last column is a remark.
    if (last === undefined || token.start > last.end + 2) break;
    while ((spans[first + 1]?.end ?? Infinity) <= token.start) first += 1;
    let nearest = -1;
    let least = Infinity;
    for (let column = first; column < spans.length; column += 1) {
      const span = spans[column] ?? last;
      const gap = Math.max(span.start - token.end, token.start - span.end, 0);
      const offset = Math.abs(token.start + token.end - span.start - span.end) / 1000;
      if (gap + offset < least) {
        nearest = column;
        least = gap + offset;
      }
      if (span.start >= token.end) break;
    }
    cells[nearest] = cells[nearest] === '' ? token.text : `${cells[nearest]} ${token.text}`;
  }
  return cells;
}

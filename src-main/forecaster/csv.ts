/** What spreadsheets take for the beginning of a formula, in a cell of its own or behind what may part cells. */
const FORMULA = /(^|[,;\t\r\n])(\s*)(?=[=+\-@＝＋－＠]|[\t\r\n])/g;

/**
 * A text (never a number) as spreadsheets show it: what they would take for a formula has an apostrophe before it, by
 * which they know a text. They part cells by their own list separator, so what stands behind one counts as well.
 */
export function harmlessText(text: string): string {
  return text.replace(FORMULA, "$1$2'");
}

/** One cell of text in CSV: harmless, and quoted where RFC 4180 or a spreadsheet's own separator wants it. */
export function csvText(text: string): string {
  return quoted(harmlessText(text), /[",;\t\r\n]/);
}

/** One cell of CSV as it stands, quoted where RFC 4180 wants it. */
export function csvCell(text: string): string {
  return quoted(text, /[",\r\n]/);
}

function quoted(text: string, needs: RegExp): string {
  return needs.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** 'name [unit]', or the name alone for what has no unit. */
export function nameWithUnit(name: string, unit: string): string {
  return unit === '' ? name : `${name} [${unit}]`;
}

/** A time of the station's own clock as ISO 8601 without a zone: '2021-01-01T00:00:00'. `time` as `Series.time`. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/(\.000)?Z$/, '');
}

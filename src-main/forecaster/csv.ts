/** One cell of CSV, quoted where RFC 4180 wants it. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** 'name [unit]', or the name alone for what has no unit. */
export function nameWithUnit(name: string, unit: string): string {
  return unit === '' ? name : `${name} [${unit}]`;
}

/** A time of the station's own clock as ISO 8601 without a zone: '2021-01-01T00:00:00'. `time` as `Series.time`. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(/(\.000)?Z$/, '');
}

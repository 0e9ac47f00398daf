/** Making one takes longer than using it a hundred times. */
const numberFormats = new Map<string, Intl.NumberFormat>();

const BYTE_UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size for people, in powers of 1024 as the limits for files are: '712 B', '37.3 KB', '2 GB'. */
export function formatBytes(bytes: number, language = 'en'): string {
  // What rounds to 1,024 is 1 of the next unit.
  const fits = BYTE_UNITS.findIndex((_, power) => bytes < 1023.95 * 1024 ** power);
  const power = fits === -1 ? BYTE_UNITS.length - 1 : fits;
  const value = Math.round((bytes / 1024 ** power) * 10) / 10;
  return formatWithUnit(value, BYTE_UNITS[power] ?? '', Number.isInteger(value) ? 0 : 1, language);
}

/** The forms a number with its unit takes on the screen and in the CLI: '2.57 °C', '64 %', '3'. */
export function formatWithUnit(value: number, unit: string, digits = 2, language = 'en'): string {
  const key = `${language} ${digits}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What rounds to nothing has no sign.
      signDisplay: 'negative',
    });
    numberFormats.set(key, format);
  }
  const number = format.format(value);
  return unit === '' ? number : `${number} ${unit}`;
}

/** A small difference with its unit, to one digit: '3e-6 °C', '0.02 °C', '0'. */
export function formatDifference(value: number, unit: string): string {
  const rounded = Number(value.toPrecision(1));
  const number = rounded !== 0 && rounded < 1e-3 ? rounded.toExponential() : String(rounded);
  return unit === '' ? number : `${number} ${unit}`;
}

/** Making one takes longer than using it a hundred times. */
const numberFormats = new Map<string, Intl.NumberFormat>();

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

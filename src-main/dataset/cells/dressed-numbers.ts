import { unitOfSpelling } from './units';
import type { DecimalSign } from './numbers';

/** A number in a cell that holds more: a unit, thousands signs, a mark of quality, `<` below what is measured. */
export interface DressedNumber {
  readonly value: number;
  /** In the spelling of our table; '' where none stands in the cell. */
  readonly unit: string;
}

const LONGEST = 40;
/** Signs in front: below or above what is measured, plus or minus. */
const FRONT = /^[<>]?\s?([+\-−]?)\s?/;
/** Digits and what may stand between them; blanks and signs at the end are cut off afterwards. */
const DIGITS = /^[\d.,'’\u00a0\u202f ]+/;
/** What joins the parts of a date or a time. */
const DIGITS_APART = /\d[:/-]\d/;
const EXPONENT = /^[eE][+-]?\d+/;

/**
 * Reads '12.3 °C', '1,013.2', '29.4#', '−3': null where the text is no number in such dress.
 * @param decimal the decimal sign of the file; the other one, a blank or an apostrophe groups thousands
 */
export function readDressedNumber(text: string, decimal: DecimalSign): DressedNumber | null {
  const first = text.charCodeAt(0);
  const startsLikeNumber =
    (first >= 48 && first <= 57) ||
    first === 43 ||
    (first >= 44 && first <= 46) ||
    first === 60 ||
    first === 62;
  if (text.length > LONGEST || (!startsLikeNumber && first !== 0x2212)) return null;
  // Dates and times of day, which some tables have in every row.
  if (DIGITS_APART.test(text)) return null;
  const bare = withoutMarks(text).trimEnd();
  const [front = '', sign = ''] = FRONT.exec(bare) ?? [];
  const digits = upToLastDigit(DIGITS.exec(bare.slice(front.length))?.[0] ?? '');
  const rest = bare.slice(front.length + digits.length);
  const exponent = EXPONENT.exec(rest)?.[0] ?? '';
  const behind = rest.slice(exponent.length).trim();
  const plain = withoutThousands(digits, decimal);
  const unit = behind === '' ? '' : unitOfSpelling(behind);
  if (plain === null || unit === null) return null;
  const value = Number(`${sign === '-' || sign === '−' ? '-' : ''}${plain}${exponent}`);
  return Number.isFinite(value) ? { value, unit } : null;
}

/**
 * Without the marks at its end: `*` estimated, `#` another sensor, `provisional` (Met Office); `s` suspect and `V`
 * variable (US airports); daggers, and a letter in brackets.
 */
function withoutMarks(text: string): string {
  let bare = text;
  for (;;) {
    const [mark] = /(?:[*#†‡^!]|provisional|\([a-z]\)|(?<=\d)[sv])$/i.exec(bare) ?? [];
    if (mark === undefined) return bare;
    const before = bare.slice(0, -mark.length);
    bare = mark.length > 1 ? before.trimEnd() : before;
  }
}

/** Cut behind the last digit, or behind a decimal sign that follows it. */
function upToLastDigit(text: string): string {
  const [end = ''] = /\d[.,]?[^\d]*$/.exec(text) ?? [];
  const after = end[1] === '.' || end[1] === ',' ? 2 : 1;
  return end === '' ? '' : text.slice(0, text.length - end.length + after);
}

const GROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+(?:\.\d*)?$/,
  ',': /^\d{1,3}(?:[.'’\u00a0\u202f ]\d{3})+(?:,\d*)?$/,
};
const UNGROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^(?:\d+(?:\.\d*)?|\.\d+)$/,
  ',': /^(?:\d+(?:,\d*)?|,\d+)$/,
};

/** The digits with a point for the decimal sign; null where the signs between them make no number. */
function withoutThousands(digits: string, decimal: DecimalSign): string | null {
  if (UNGROUPED[decimal].test(digits)) return digits.replace(',', '.');
  if (!GROUPED[decimal].test(digits)) return null;
  return decimal === '.' ? digits.replace(/[^\d.]/g, '') : digits.replace(/[^\d,]/g, '').replace(',', '.');
}

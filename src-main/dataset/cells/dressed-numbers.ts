import { unitOfSpelling } from './units';
import type { DecimalSign } from './numbers';

/** A number in a cell that holds more: a unit, thousands signs, a mark of quality, `<` below what is measured. */
export interface DressedNumber {
  readonly value: number;
  /** In the spelling of our table; '' where none stands in the cell. */
  readonly unit: string;
}

const LONGEST = 40;
/** `*` estimated, `#` another sensor (Met Office); `s` suspect and `V` variable (US airports); brackets and daggers. */
const MARKS = /(?:[*#†‡^!]+|(?<=\d)[sSV]|\s*provisional|\s*\([a-z]\))+$/i;
const PARTS = /^[<>]?\s?([+\-−]?)\s?([\d.,'’\u00a0\u202f ]*\d[.,]?|\d+)((?:[eE][+-]?\d+)?)\s*(\D.*)?$/;

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
  const match = PARTS.exec(text.replace(MARKS, '').trimEnd());
  if (match === null) return null;
  const [, sign = '', digits = '', exponent = '', behind = ''] = match;
  const plain = withoutThousands(digits, decimal);
  const unit = behind === '' ? '' : unitOfSpelling(behind);
  if (plain === null || unit === null) return null;
  const value = Number(`${sign === '-' || sign === '−' ? '-' : ''}${plain}${exponent}`);
  return Number.isFinite(value) ? { value, unit } : null;
}

const GROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+(?:\.\d*)?$/,
  ',': /^\d{1,3}(?:[.'’\u00a0\u202f ]\d{3})+(?:,\d*)?$/,
};
const UNGROUPED: Readonly<Record<DecimalSign, RegExp>> = {
  '.': /^(?:\d+\.?\d*|\.\d+)$/,
  ',': /^(?:\d+,?\d*|,\d+)$/,
};

/** The digits with a point for the decimal sign; null where the signs between them make no number. */
function withoutThousands(digits: string, decimal: DecimalSign): string | null {
  if (UNGROUPED[decimal].test(digits)) return digits.replace(',', '.');
  if (!GROUPED[decimal].test(digits)) return null;
  return decimal === '.' ? digits.replace(/[^\d.]/g, '') : digits.replace(/[^\d,]/g, '').replace(',', '.');
}

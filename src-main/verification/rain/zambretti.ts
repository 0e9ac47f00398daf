/** What the forecaster is set by. */
export interface ZambrettiReading {
  /** In hPa, at sea level. */
  readonly pressure: number;
  /** Of the pressure over the last 3 hours, in hPa. */
  readonly change: number;
  /** 1 to 12. */
  readonly month: number;
  /** Where the wind comes from, in degrees; NaN: it is calm or not known. */
  readonly windDirection: number;
}

/** A change of pressure by at least so many hPa in 3 hours is a rise or a fall. */
const LEAST_CHANGE = 1.6;

/**
 * For each way that the pressure goes: z = from - perHectopascal * pressure, the z of the first letter, and the letters,
 * the finest weather first.
 */
const SCALES = {
  falling: { from: 130, perHectopascal: 10 / 81, first: 1, letters: 'ABDHORUVX' },
  steady: { from: 147, perHectopascal: 50 / 376, first: 10, letters: 'ABEKNPSWXZ' },
  rising: { from: 179, perHectopascal: 20 / 129, first: 20, letters: 'ABCFGIJLMQTYZ' },
} as const;

/** April to September, as the instrument's card says. */
const isSummer = (month: number): boolean => month >= 4 && month <= 9;

/** By how many letters the weather is worse than in winter with a wind from east or west. */
function worseBy(way: keyof typeof SCALES, { month, windDirection }: ZambrettiReading): number {
  const season = way === 'steady' || !isSummer(month) ? 0 : way === 'rising' ? -1 : 1;
  const isNortherly = windDirection >= 315 || windDirection <= 45;
  const isSoutherly = windDirection >= 135 && windDirection <= 225;
  return season + (isNortherly ? -1 : isSoutherly ? 2 : 0);
}

/**
 * The letter that the Zambretti forecaster shows, A (settled fine) to Z (stormy, much rain): the circular slide rule of
 * Negretti and Zambra, London 1915, patented as a "weather forecaster" for the northern hemisphere, by the straight lines
 * that K. F. Scott fitted to its scales: z = 130 - 10 p / 81 where the pressure falls, 147 - 50 p / 376 where it is
 * steady, 179 - 20 p / 129 where it rises; a northerly wind makes it better by one, a southerly one worse by two. In
 * summer a rise is better and a fall worse by one, as the card of the instrument has it.
 */
export function zambrettiLetter(reading: ZambrettiReading): string {
  const { pressure, change } = reading;
  const way = Math.abs(change) < LEAST_CHANGE ? 'steady' : change > 0 ? 'rising' : 'falling';
  const { from, perHectopascal, first, letters } = SCALES[way];
  const z = from - perHectopascal * pressure + worseBy(way, reading);
  const place = Math.min(letters.length - 1, Math.max(0, Math.round(z) - first));
  return letters.charAt(place);
}

/** The 16 points of the compass, clockwise from north, in English, German, Korean and Japanese. */
const POINTS: readonly string[] = [
  'n|nord|north|북|北',
  'nne|nno|북북동|北北東',
  'ne|no|nordost|northeast|북동|北東',
  'ene|ono|동북동|東北東',
  'e|o|ost|east|동|東',
  'ese|oso|동남동|東南東',
  'se|so|südost|southeast|남동|南東',
  'sse|sso|남남동|南南東',
  's|süd|south|남|南',
  'ssw|남남서|南南西',
  'sw|südwest|southwest|남서|南西',
  'wsw|서남서|西南西',
  'w|west|서|西',
  'wnw|서북서|西北西',
  'nw|nordwest|northwest|북서|北西',
  'nnw|북북서|北北西',
];

const DEGREES: ReadonlyMap<string, number> = new Map(
  POINTS.flatMap((names, index) => names.split('|').map((name): [string, number] => [name, index * 22.5])),
);
/** No wind has no direction. */
const CALM: ReadonlySet<string> = new Set(['calm', 'variable', 'vrb', 'windstill', '무풍', '정온', '静穏']);

/** Degrees of a compass word; NaN for a calm, undefined for any other text. */
export type Compass = (text: string) => number | undefined;

/**
 * The compass in which some words are written: an O is the east in German, but the west (ouest, oeste, ovest) where
 * the east is an E and no W stands for the west. A Dutch Z is the south.
 */
export function compassOf(words: Iterable<string>): Compass {
  let hasEast = false;
  let hasWest = false;
  for (const word of words) {
    const points = /^[neswoz]{1,3}$/i.test(word) ? word.toLowerCase() : '';
    hasEast ||= points.includes('e');
    hasWest ||= points.includes('w');
  }
  const isRomance = hasEast && !hasWest;
  return (text) => {
    if (text.length > 12) return undefined;
    const word = text.toLowerCase();
    if (CALM.has(word)) return NaN;
    const points = /^[neswoz]{1,3}$/.test(word) ? word.replaceAll('z', 's') : word;
    return DEGREES.get(isRomance ? points.replaceAll('o', 'w') : points);
  };
}

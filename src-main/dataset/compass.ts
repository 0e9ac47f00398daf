/** The 16 points of the compass, clockwise from north, in English, German and Korean. */
const POINTS: readonly string[] = [
  'n|nord|north|북',
  'nne|nno|북북동',
  'ne|no|nordost|northeast|북동',
  'ene|ono|동북동',
  'e|o|ost|east|동',
  'ese|oso|동남동',
  'se|so|südost|southeast|남동',
  'sse|sso|남남동',
  's|süd|south|남',
  'ssw|남남서',
  'sw|südwest|southwest|남서',
  'wsw|서남서',
  'w|west|서',
  'wnw|서북서',
  'nw|nordwest|northwest|북서',
  'nnw|북북서',
];

const DEGREES: ReadonlyMap<string, number> = new Map(
  POINTS.flatMap((names, index) => names.split('|').map((name): [string, number] => [name, index * 22.5])),
);
/** No wind has no direction. */
const CALM: ReadonlySet<string> = new Set(['calm', 'variable', 'vrb', 'windstill', '무풍', '정온']);

/** Degrees of a compass word; NaN for a calm, undefined for any other text. */
export function degreesOfCompass(text: string): number | undefined {
  if (text.length > 12) return undefined;
  const word = text.toLowerCase();
  return CALM.has(word) ? NaN : DEGREES.get(word);
}

import type { ColumnReport } from '../../contract/dataset';
import type { Quantity } from '../../contract/quantities';
import { isCalendarName, isIdentifierName, isTimeName, partsOfName } from '../cells/column-names';
import { plainWords } from '../cells/name-rules';

/** Where a column was measured, by its name; out of doors unless it says otherwise. */
export type Place = 'outdoors' | 'indoors' | 'ground' | 'water' | 'equipment';
/** Which reading of a stretch of time a column holds; the mean, or that of a moment, unless it says otherwise. */
export type Aspect = 'mean' | 'highest' | 'lowest';

/** What the name of a column says, beyond its quantity. */
export interface ColumnKind {
  readonly place: Place;
  readonly aspect: Aspect;
  /** The clock time of a reading that is taken once a day: '9am'; '' where none is given. */
  readonly clock: string;
  /** What it is computed from, where it is computed; null: it was measured. */
  readonly computedFrom: readonly Quantity[] | null;
  /** Whether it is nothing that is measured: a station, a date, a companion of another column, what came later. */
  readonly notMeasured: 'names-row' | 'date' | 'equipment' | 'companion' | 'future' | null;
}

/** Words as `plainWords` leaves them, in the languages in which headers are read. */
const INDOORS =
  /실내|室内|屋内|\bindoor|\binside\b|\binnen\b|\binterieure?\b|\binterior\b|\bintern[ao]\b|\bbinnen|\binomhus|\binne\b|\binnend|\bindend|\binde\b|wewn|\bvnitrn|\bbelso|\bunutarnj|\bsisa\b|\bsisalla|внутр|помещ|комнат|\broom\b|\bwohn|\bhouse\b|\bin(?:door)?temp|temp ?in[cf]?$|humidity ?in$/;
/** 'In Temp', 'temp in': only where the word cannot be an inch, and tells no unit or height ('in degrees C', 'in 2 m'). */
const IN =
  /\bin\b(?! (?:the |a )?(?:deg|grad|°|º|%|per ?cent|prozent|celsius|fahrenheit|kelvin|tenths?|shade|screen|air\b|[cfk]\b|\d))/;
const GROUND =
  /지면|초상|지중|토양|\bsoil|\bground|boden|\berdb|\bgrass|\bgras\b|\bleaf|\broad\b|\bsol\b|\bsuelo|\bsuolo|\bsolo\b|\bjord|\bmark ?temp|gleb|\bpuda|\bpudy|почв|地温|地中|土壌|土壤|^t10n$|^tgk$|\b(?:5|10|20|50|100) ?cm\b/;
const WATER =
  /수온|水温|海温|\bwater|wasser|\beau\b|\bagua|\bacqua|\bsst\b|^wtmp|\bpool\b|\bteich|\bvatten|\bвод/;
/** The station itself: its supply, its link, and the instruments whose own warmth is logged with what they measure. */
const EQUIPMENT =
  /movement ?counter|\bcounter$|sequence ?num|acceleration|\bdbm\b|batter|\bbatt\b|\bakku|배터리|電池|电池|\bpile\b|voltage|\bvolts?\b|\bvdc\b|전압|spannung|\bsignal|\brssi\b|\bsnr\b|\blink\b|rx ?check|check ?percent|\brecept|\brecv\b|\bpackets?\b|\bwind tx\b|\btx (?:id|batt)|\bcpu\b|processor|\bboard\b|\bcase\b|\blogger|\bpanel|\bp ?temp\b|chassis|enclosure|uptime|firmware|\bmemory|\bdisk|\bwifi|\bmodem|\bcr ?\d{2,4}\w?\b|\bch[pm] ?\d\b|\bcgr ?\d\b|\bcmp ?\d{1,2}\b|\bpyr(?:an|gei|geo|heli)\w*|\bpir\b|\bpsp\b|\bnip\b|\bdome\b|\bbody ?temp|\binstrument|\bheater|^heating (?:temp|volt)|\bfan\b|\berrors?\b|\bdiag|\bstatus\b|\bsupply|^reference ?v|host connected|\bbutton\b|^stopped\b|end of file|\bemc\b|\bsamp\b|\binterval\b|\bint\.?$/;
const COMPANION =
  /시각|hhmi|품질|品質|均質|現象なし|플래그|\bflags?\b|\bquality|\bqualit[ea]|\bkvalit|\bcalidad|\bqc\b|^qn?(?: ?\d+)?$|^q[a-z0-9]{1,8}$|\buncert|\bstd? ?\.?dev|\bstd\b|\bstdev|\bsigma\b|\bsource\b|\bcodes?\b|^coco$|\battributes?\b|\bcounts?\b|\bn ?obs\b|\btime of\b|\btime$|^zeit |\buhrzeit$|\bdays of accumulation/;
const SKY_TIME = /\bsun ?(?:rise|set)|\bmoon ?(?:rise|set|phase)|일출|일몰|日の出|日の入|日出|日没|일남중/;
const FUTURE = /^next\b|\bnext (?:day|t|rain)|tomorrow|^risk mm$|내일|명일|翌日|明日|\bdemain\b/;
const HIGHEST =
  /최고|최대|最高|最大|\bt?max|max$|\bhigh|high$|\bhi\b|\bhochst|\bhogst|\bhoyest|\bhojest|\bhoogst|\bnajwyz|\bmaks|макс|^t(?:x|xk)$|\btx$|^tre\w+dx$/;
const LOWEST =
  /최저|최소|最低|最小|\bt?min(?:i\w*)?\b|min$|\blow(?!er)|low$|\btiefst|\blagst|\blavest|\blaagst|\bnajniz|мин|^t(?:n|nk)$|\btn$|^tre\w+dn$/;

const CLOCK = /\d{1,2} ?(?:am|pm|uhr|시|時)\b/;

/** Indices and other things that are worked out from what was measured, with what they are worked out from. */
const COMPUTED: readonly (readonly [pattern: RegExp, from: readonly Quantity[]])[] = [
  [
    /heat ?index|wind ?chill|\bapp ?temp|feels? ?like|^feel$|apparent|gefuhlt|체감|humidex|\bths?w\b|\bressenti|\bsensacion|\bpercepit|\bgevoels|体感|^chill$/,
    ['temperature'],
  ],
  [/wet ?bulb|습구|湿球|\btpot\b|potential temp|deg(?:ree)? days|\bd-d$|\bgrowing/, ['temperature']],
  [/일교차|\bdiurnal|^(?:temp|temperature)? ?range$|\bchange ?temp/, ['temperature']],
  [
    /\bvp\b|\bvp(?:max|act|def|m)$|증기압|蒸気圧|vapou?r|\bvap ?pres|dampfdruck|air density|\brho\b|mixing|absolut|specific hum|\bh2oc\b|^sh$|cloud ?base/,
    ['temperature', 'relative humidity'],
  ],
  [/evapotransp|^eto?$|^ev24$|verdamping/, ['temperature']],
  [/wind ?run/, ['wind speed']],
  [/theoretical|clear ?sky|max(?:imum)? ?solar|extraterr|^etrn?$/, ['solar radiation']],
];
const DEW_POINT_FROM: readonly Quantity[] = ['temperature', 'relative humidity'];

/** What the name of a column says. */
export function kindOfColumn({ name, quantity }: Pick<ColumnReport, 'name' | 'quantity'>): ColumnKind {
  const { label } = partsOfName(name);
  const plain = plainWords(label).trim();
  return {
    place: placeOf(plain, quantity),
    aspect: HIGHEST.test(plain) ? 'highest' : LOWEST.test(plain) ? 'lowest' : 'mean',
    clock: CLOCK.exec(plain)?.[0] ?? '',
    computedFrom: computedFrom(plain, quantity),
    notMeasured: notMeasured(name, plain, quantity),
  };
}

function placeOf(plain: string, quantity: Quantity): Place {
  if (EQUIPMENT.test(plain)) return 'equipment';
  // A barometer tells the same on either side of a wall.
  if (quantity !== 'pressure') {
    if (INDOORS.test(plain)) return 'indoors';
    if (HAS_NO_INCH.has(quantity) ? IN.test(plain) : plain.startsWith('in ')) return 'indoors';
  }
  // Of all else 'sol' is the sun, and 'sea level' where a pressure is reduced to.
  if (!HAS_NO_INCH.has(quantity) && quantity !== 'other') return 'outdoors';
  if (GROUND.test(plain)) return 'ground';
  return WATER.test(plain) ? 'water' : 'outdoors';
}

/** Quantities that are never given in inches. */
const HAS_NO_INCH: ReadonlySet<Quantity> = new Set([
  'temperature',
  'dew point',
  'relative humidity',
] as const);

function computedFrom(plain: string, quantity: Quantity): readonly Quantity[] | null {
  if (quantity === 'dew point') return DEW_POINT_FROM;
  return COMPUTED.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

function notMeasured(name: string, plain: string, quantity: Quantity): ColumnKind['notMeasured'] {
  if (isIdentifierName(name)) return 'names-row';
  if (FUTURE.test(plain)) return 'future';
  if (EQUIPMENT.test(plain)) return 'equipment';
  if (SKY_TIME.test(plain)) return 'date';
  if (quantity !== 'other') return null;
  if (COMPANION.test(plain)) return 'companion';
  return isCalendarName(name) || isTimeName(name) ? 'date' : null;
}

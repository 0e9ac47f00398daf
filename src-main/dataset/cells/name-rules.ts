import type { Quantity } from '../../contract/quantities';

/**
 * What headers call the quantities: in English and Korean, in German, French, Spanish, Italian, Portuguese, Dutch,
 * Polish and the Nordic languages without their accents, in Russian, Japanese and Chinese. The first rule that fits wins, so the particular
 * (dew point, gust) stands before the general (temperature, wind).
 */
const RULES: readonly (readonly [quantity: Quantity, words: readonly string[]])[] = [
  // Vapour, evaporation, ranges, changes and durations: measured, but none of our quantities.
  ['other', ['시각', 'hhmi', '일교차', '증기압', '증발', '일조율', '가조', '계속시간', '蒸気圧', '蒸発']],
  [
    'other',
    [
      'vapou?r',
      '\\bvap\\b',
      '\\bsvp\\b',
      '\\bvp',
      'evapo',
      'verdunst',
      'weather.?code',
      '\\bdiurnal',
      'absolut.*feucht',
    ],
  ],
  ['other', ['trend', 'tendency', '\\bchange\\b', '\\bdays? (of|since)\\b', 'period over']],
  // What stands beside a measurement: its spread, its certainty, where it came from, when it was, how often.
  [
    'other',
    [
      'std?\\.? ?dev',
      '\\bstd\\b',
      '\\bsd\\b',
      'sigma',
      'standard.?dev',
      'uncert',
      '\\bcode\\b',
      '\\bsource\\b',
    ],
  ],
  [
    'other',
    [
      '\\btime$',
      '\\b(?:uhr)?zeit$',
      '\\bheure$',
      '\\bhora$',
      '\\bcounts?\\b',
      '\\bstatus\\b',
      '\\bperiod$',
      '\\brange\\b',
    ],
  ],
  [
    'other',
    ['\\bn[ _.]?obs\\b', 'attribute', 'voltage', '\\bvdc\\b', 'akku', '\\bpile\\b', '배터리', '电池', '電池'],
  ],
  ['other', ['long ?wave', 'infra-?red', '\\bir\\b', 'pyrgeometer', 'terrestrial', '\\bnet\\b']],
  // Flags of quality, degree days, the soil, the air's dust, the technical side of a station, times of day.
  [
    'other',
    ['\\bflag', 'quality', 'qualit[ea]', '\\bcalidad', 'kvalit', '\\bqc\\b', '^q ?\\w', 'attributes'],
  ],
  [
    'other',
    [
      'indicateur',
      '^qn\\b',
      '品質',
      '均質',
      '現象なし',
      'deg(?:ree)? days',
      'd-d$',
      'soil ?moist',
      'bodenfeucht',
      'leaf',
    ],
  ],
  [
    'other',
    ['\\btime of', '^zeit ', '^hora', '^heure d', 'batter', 'signal', 'recept', 'recv', '\\bsamp\\b'],
  ],
  ['other', ['\\btx\\b', '\\bemc\\b', 'densi', 'wind run', 'run$', '^et$', '\\bint\\.?$', '\\binterval\\b']],
  ['other', ['\\btype\\b', '\\bcount\\b', '\\bdose\\b', '\\benergy\\b', '\\bthsw? ', 'lightning', 'strike']],
  ['other', ['blitz', '번개', 'wassertemp.*tiefe', '\\bpm ?\\d']],
  ['dew point', ['이슬점', '노점', 'dew', 'taupunkt', 'rosee', 'rocio', 'rugiada', 'orvalho', 'dauwpunt']],
  ['dew point', ['da[gu]gpunkt', 'duggpunkt', 'точка росы', '露点']],
  [
    'relative humidity',
    ['습도', 'humid(?!ex)', '\\brh\\b', 'feucht', '\\bhum\\b', 'humed', '\\bumid', 'vochtigh'],
  ],
  ['dew point', ['rosn', 'harmatpont']],
  ['relative humidity', ['vlhkos', 'paratart', 'umiditat', 'umezeal']],
  ['wind direction', ['smer vetr', 'smjer', 'szelirany']],
  ['wind gust', ['szellokes', 'naraz']],
  ['wind speed', ['\\bvetr', '\\bvitr', '\\bszel', 'viteza vant']],
  ['pressure', ['\\btlak', 'legnyomas', 'presiun']],
  ['rain', ['srazk', 'zrazk', 'csapadek', 'padavin', 'precipitat']],
  ['temperature', ['teplot', 'homerseklet']],
  ['relative humidity', ['fu[kg]tigh', 'wilgot', 'влажн', '湿度']],
  [
    'wind direction',
    [
      '풍향',
      'drct\\b',
      '\\bwd ?gust',
      'wind.?dir',
      'direction',
      '\\bdir\\b',
      '\\bwd\\b',
      'richtung',
      'richting',
      'bearing',
    ],
  ],
  [
    'wind direction',
    ['direcci', 'direcao', 'direzion', 'vindri[kc]?t', 'kierun', 'направлен', '風向', '风向'],
  ],
  ['wind gust', ['돌풍', '순간.*풍속', 'gust', 'boe', 'max\\.? ?wv', 'hi.*\\bspeed', 'max.*wind', 'rafale']],
  [
    'wind gust',
    [
      'rafaga',
      'racha',
      'raffic',
      'rajada',
      'windsto',
      'vindby',
      'byvind',
      'vindkast',
      'porywy?',
      'порыв',
      '突風',
    ],
  ],
  ['wind gust', ['瞬間風速', '阵风']],
  [
    'temperature',
    ['wind ?chill', 'gefue?hlt', '체감', 'ressenti', 'sensacion', 'percepita', 'gevoels', '体感'],
  ],
  [
    'wind speed',
    ['풍속', 'wind', '\\bw[vs]\\b', 'wspeed', '\\bspeed\\b', '\\bvent\\b', 'viento', '\\bvento\\b'],
  ],
  ['wind speed', ['\\bvind', 'vind\\b', 'wiatr', 'ветр', '風速', '风速']],
  [
    'pressure',
    ['기압', 'press', '\\bpres(?!en)', '\\bbar(o|\\b)', 'druck', 'druk\\b', 'tr[yi]k\\b', '\\bp\\b'],
  ],
  ['pressure', ['^slp$', '^msl$', 'altimeter', 'lufttryck', 'cisnien', 'давлен', '気圧', '气压']],
  [
    'snow depth',
    ['적설', 'snow', 'schnee', 'neige', 'nieve', '\\bneve\\b', 'sneeuw', '積雪', '降雪', '积雪'],
  ],
  [
    'rain rate',
    ['rain.*rate', 'rate.*rain', 'precip.*rate', 'rain.?intens', 'regen\\/stunde', 'regen.*rate'],
  ],
  [
    'rain rate',
    ['niederschlagsrate', '강수강도', '강우강도', '시간당', '강우율', 'taux.*pluie', 'intens.*lluvia'],
  ],
  // What a console calls the rain of an hour is that of the last hour, repeated every few minutes: a rate.
  ['rain rate', ['hourly.*rain', 'rain.*hourly', '(?<!\\d )hour rain', 'rain(fall)? hour$', 'stundenregen']],
  ['rain rate', ['pluie horaire', 'lluvia por hora', 'pioggia oraria', '時間雨量']],
  [
    'rain',
    [
      '강수',
      '강우',
      'rain',
      'precip',
      'prcp',
      'precp',
      '\\bpcpn?\\b',
      '\\bppt\\b',
      'niederschlag',
      'regen',
      'pluie',
      'pluvio',
      'lluvia',
    ],
  ],
  ['rain', ['pioggia', 'chuva', 'neerslag', 'nederbord', 'nedbor', '\\bopad', 'осадк', '降水', '雨量']],
  ['UV index', ['자외선', 'uv.?ind', 'ind.* uv', '^uvi?\\b', '\\buvi?$', 'ultra.?violet', '紫外']],
  [
    'solar radiation',
    ['일사', '복사', '태양', 'solar', 'radia[tcz]i', 'irradiance', 'strahlung', 'stralning'],
  ],
  ['solar radiation', ['straling', 'rayonnement', '\\bswdr\\b', '日射', '辐射']],
  [
    'sunshine',
    ['일조', 'sunshine', 'sonnenschein', '^sonne\\b', '^sun$', 'insola', 'zonneschijn', 'soleil', '日照'],
  ],
  ['cloud', ['운량', 'cloud', 'bewoe?lk', 'nebulos', 'nubos', 'nuvol', '雲量', '云量']],
  ['visibility', ['시정', 'visib', 'sichtweite', '\\bzicht', '視程', '能见度']],
  ['temperature', ['기온', '온도', 'temp', '^t$', 'tmax', 'tmin', 'tavg', 'tmean', 'tpot', 'tlog', 'heat']],
  // Finnish, Turkish, Indonesian.
  ['dew point', ['kastepiste', 'cig noktas', 'ci[yğg] noktas']],
  ['relative humidity', ['kosteus', '\\bnem(?:i|lilik)?\\b', 'kelembap', 'kelembab']],
  ['wind direction', ['tuulen suunta', 'ruzgar yonu', 'arah angin']],
  ['wind gust', ['puuska', 'hamle']],
  ['wind speed', ['tuulen nopeus', 'ruzgar', 'kecepatan angin']],
  ['pressure', ['ilmanpaine', 'bas[iı]nc', 'tekanan']],
  ['rain', ['sademaara', '\\bsade\\b', 'yag[iı]s', 'curah hujan']],
  ['snow depth', ['lumensyv', 'kar kal[iı]nl']],
  ['temperature', ['lampotil', 's[iı]cakl[iı]k', '\\bsuhu\\b']],
  ['temperature', ['wae?rme', 'feels.?like', 'humidex', '\\bthw\\b', 'температур', '気温', '气温', '温度']],
];

/**
 * 'max.*wind' asks for one word behind another. As one pattern it would be tried from each 'max' to the end of the
 * name; here each word is looked for once, behind where the last one ended.
 */
function holdsInOrder(plain: string, words: readonly RegExp[]): boolean {
  let from = 0;
  return words.every((word) => {
    word.lastIndex = from;
    const found = word.test(plain);
    from = word.lastIndex;
    return found;
  });
}

const ANY_BETWEEN = '.*';
const PATTERNS = RULES.map(([quantity, words]) => {
  const alone = words.filter((word) => !word.includes(ANY_BETWEEN));
  const inOrder = words
    .filter((word) => word.includes(ANY_BETWEEN))
    .map((word) => word.split(ANY_BETWEEN).map((part) => new RegExp(part, 'g')));
  // Without a word alone nothing fits: an empty pattern would fit everything.
  const single = alone.length === 0 ? null : new RegExp(alone.join('|'));
  const fits = (plain: string): boolean =>
    single?.test(plain) === true || inOrder.some((parts) => holdsInOrder(plain, parts));
  return { quantity, fits };
});

const ACCENTS = /[\u0300-\u036f]/g;

/** What a name without its unit says is measured; undefined where it says nothing. */
export function quantityOfName(label: string): Quantity | undefined {
  const plain = plainWords(label);
  return PATTERNS.find(({ fits }) => fits(plain))?.quantity;
}

/** 'outTemp' as 'out temp', 'Ráfaga_max' as 'rafaga max'. */
export function plainWords(label: string): string {
  return label
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/ø/gi, 'o')
    .replace(/ł/gi, 'l')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/_/g, ' ');
}

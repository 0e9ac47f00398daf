import { describe, expect, it } from 'vitest';
import { particleAfter } from './particles';
import { fillTemplate, paramsSchema, PHRASE_CODES, phrase, phraseText, saidBy } from './phrases';
import { ENGLISH } from './phrases-en';
import { KOREAN as phrases } from './phrases-ko';
import { describeProblem, Problem, PROBLEM_CODES, problemSchema, toProblem } from './problems';
import { KOREAN as problems } from './problems-ko';
import { problemText } from './say';

/** Names of programs, services and forms, of files of ours, of parts of the screen that are so called, and codes. */
const OWN_NAMES = [
  'AdamW',
  'API',
  'Ambient',
  'archive',
  'recorder.purge',
  '“repack”',
  '“file”',
  'Chromium',
  'CSV',
  'Cumulus MX',
  'DWD',
  'Davis WeatherLink',
  'Ecowitt',
  'Electron',
  'EnergyPlus',
  'EPW',
  'Environment Canada',
  'Europe/Berlin',
  'Excel',
  'Froggit',
  'GHCN-Daily',
  'Global Summary of the Day',
  'HINDCAST_USER_DATA',
  'HTML',
  'Hindcast',
  'Home Assistant',
  'IANA',
  'ISD-Lite',
  'JSON',
  'Meteostat',
  'NDBC',
  'NOAA',
  'Office',
  'Open-Meteo',
  'PDF',
  'RIFF',
  'SQLite',
  'TensorFlow',
  'WeatherLink',
  'Weather Underground',
  'WeeWX',
  'XML',
  'ZIP',
  'PostgreSQL',
  'postgres://hindcast:PASSWORD@HOST:PORT/hindcast',
  'postgres://',
  'TLS',
  'sslmode',
  'sslrootcert',
  'chmod 600',
  'hindcast broker',
  '--broker',
  '--data',
  '--port',
  'dayfile',
  'forecaster.json',
  'gzip',
  'npm run setup',
  'weatherlink.com',
  'yyyy, mm, tmax, tmin, af, rain, sun',
  'usUnits',
  '--force',
  'm/s',
  'u, v',
];

/** What is left of a Korean template that is neither Korean nor a name nor a place for a parameter. */
function strangeWords(template: string): string[] {
  const places = template.replace(/\{[^}]*\}/g, ' ');
  const left = [...OWN_NAMES]
    .sort((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(name, ' '), places);
  return left.match(/[A-Za-z]+/g) ?? [];
}

/** Those that are made of their parameters alone. */
const BARE = /^[^\p{L}]*$/u;
const isBare = (template: string): boolean => BARE.test(template.replace(/\{\w+\}/g, ''));
const parametersOf = (template: string): Set<string> =>
  new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''));

describe('Korean', () => {
  it.each(PROBLEM_CODES)('says the problem %s without a word of English', (code) => {
    const sentence = problems[code];
    expect(strangeWords(sentence)).toEqual([]);
    if (code !== 'usage') expect(sentence).toMatch(/[가-힣]{2}/);
    const places = parametersOf(sentence);
    for (const name of places)
      expect(describeProblem({ code, params: { [name]: '!?' } as never })).toContain('!?');
  });

  it.each(PHRASE_CODES)('says the phrase %s without a word of English', (code) => {
    const words = phrases[code];
    expect(strangeWords(words)).toEqual([]);
    // A product is called alike in both languages.
    if (!isBare(words) && strangeWords(ENGLISH[code]).length > 0) expect(words).toMatch(/[가-힣]/);
    const given = parametersOf(ENGLISH[code]);
    for (const name of parametersOf(words)) {
      const isOfOthers = (code === 'said' || code === 'sqlite-says') && name === 'error';
      expect(given.has(name) || isOfOthers).toBe(true);
    }
  });

  it('leaves out what libraries and the system say in English', () => {
    const unforeseen = toProblem(new TypeError('x is not a function'));
    expect(unforeseen.message).toContain('x is not a function');
    expect(problemText(unforeseen.toData(), 'ko')).toContain(': 오류 TypeError.');
    const full = Object.assign(new Error('ENOMEDIUM: no medium found'), { code: 'ENOMEDIUM' });
    expect(phraseText(saidBy(full), 'ko')).toBe('오류 ENOMEDIUM');
  });

  it('says a phrase within a phrase, sizes, steps and numbers', () => {
    const problem = new Problem('file-too-large', {
      file: '서울.csv',
      size: phrase('more-than', { size: phrase('count-cells', { count: 100_000_000 }) }),
      limit: phrase('bytes', { bytes: 1024 ** 3 }),
    });
    expect(problem.message).toContain('has more than 100,000,000 cells, more than the 1 GB');
    expect(problemText(problem.toData(), 'ko')).toContain('크기: 100,000,000칸 초과, 한도: 1 GB');
    expect(phraseText(phrase('step', { label: '10 minutes' }), 'ko')).toBe('10분');
  });

  it('shows words that earlier versions kept as they stand', () => {
    const kept = { code: 'trainer-died', params: { cause: 'signal SIGKILL', epoch: 3 } };
    const read = problemSchema.parse(JSON.parse(JSON.stringify(kept)));
    expect(describeProblem(read)).toContain('(signal SIGKILL)');
    const now = new Problem('trainer-died', { cause: phrase('signal', { signal: 'SIGKILL' }), epoch: 3 });
    const written = JSON.parse(JSON.stringify(now.toData())) as unknown;
    expect(problemSchema.parse(written)).toEqual(now.toData());
    expect(paramsSchema.parse({ file: 'a.csv' })).toEqual({ file: 'a.csv' });
  });
});

describe('particles', () => {
  it.each([
    ['“기온.csv”', '은/는', '는'],
    ['“기온”', '은/는', '은'],
    ['“서울”', '으로/로', '로'],
    ['“강릉”', '으로/로', '으로'],
    ['‘제주’', '으로/로', '로'],
    ['“run 3”', '을/를', '을'],
    ['“run 4”', '을/를', '를'],
    ['“run 8”', '으로/로', '로'],
    ['“station”', '이/가', '이'],
    ['“April”', '으로/로', '로'],
    ['(오전)', '과/와', '과'],
    ['2.5 mm', '은/는', '는'],
    ['0.31 W/m²', '으로/로', '로'],
    ['0.0576', '으로/로', '으로'],
    ['“気温”', '을/를', '을(를)'],
    ['“気温”', '으로/로', '(으)로'],
    ['', '은/는', '은(는)'],
  ])('after %s, of %s: %s', (text, forms, particle) => {
    expect(particleAfter(text, forms)).toBe(particle);
  });

  it('are those of the template alone, not of a name that looks like one', () => {
    expect(fillTemplate('“{file}”{을/를} 읽음', { file: 'a{은/는}' }, 'ko')).toBe('“a{은/는}”을 읽음');
  });
});

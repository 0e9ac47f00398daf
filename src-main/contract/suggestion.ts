import { z } from 'zod';
import type { Language } from './language';
import { fillTemplate } from './phrases';

/** Why a column is not among the inputs that are suggested. */
export const LEFT_OUT_REASONS = [
  'no-readings',
  'words',
  'constant',
  'mostly-empty',
  'empty-lately',
  'names-row',
  'date',
  'equipment',
  'companion',
  'flag',
  'future',
  'foretells',
  'indoors',
  'same-family',
  'computed',
  'costs-windows',
  'too-many',
  'analysis',
  'forecast-unused',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** A column that is not suggested as an input, and the one reason why. */
export const leftOutSchema = z.strictObject({
  column: z.number().int().min(0),
  why: z.enum(LEFT_OUT_REASONS),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

/** Each stands behind the name of its column. */
const SENTENCES: Readonly<Record<Language, Readonly<Record<LeftOutReason, string>>>> = {
  en: {
    'no-readings': 'holds no readings.',
    words: 'holds words.',
    constant: 'is {value} throughout.',
    'mostly-empty': 'is empty in {percent} % of the rows.',
    'empty-lately': 'is empty in the newest part: the station may no longer measure it.',
    'names-row': 'numbers the rows, or says which station or place it is.',
    date: 'is a part of the date or a time of day.',
    equipment: 'tells of the equipment, not of the weather.',
    companion: 'tells of another column: its quality, its time, its spread or how often it was read.',
    flag: 'says only yes or no.',
    future: 'tells by its name what came later, which nobody knows when a forecast is issued.',
    foretells:
      'tells the next “{target}” better than anything known before it can: it must have been written afterwards.',
    indoors: 'is measured indoors.',
    'same-family': 'tells the same as “{kept}”.',
    computed: 'is computed from “{kept}”.',
    'costs-windows': 'has gaps that would cost {lost} of {windows} windows.',
    'too-many': 'comes after the {most} inputs that are enough.',
    analysis: 'is in truth an analysis, which nobody has when a forecast is issued.',
    'forecast-unused': 'is a forecast that is not needed, or not known for all lead times.',
  },
  ko: {
    'no-readings': '관측값이 없습니다.',
    words: '숫자가 아닌 글자가 들어 있습니다.',
    constant: '값이 모두 {value}입니다.',
    'mostly-empty': '행의 {percent} %가 비어 있습니다.',
    'empty-lately': '최근 구간이 비어 있습니다. 이제 관측하지 않는 항목일 수 있습니다.',
    'names-row': '행 번호이거나 관측소 또는 장소를 나타냅니다.',
    date: '날짜의 일부이거나 시각입니다.',
    equipment: '날씨가 아니라 장비의 상태를 나타냅니다.',
    companion: '다른 열의 품질, 시각, 편차 또는 관측 횟수를 나타냅니다.',
    flag: '예 또는 아니요만 나타냅니다.',
    future: '이름으로 보아 나중의 일을 담고 있습니다. 예보할 때는 아무도 알 수 없는 값입니다.',
    foretells: '다음 “{target}” 값을 그 전에 알 수 있는 어떤 것보다 잘 맞힙니다. 나중에 적은 값일 것입니다.',
    indoors: '실내에서 잰 값입니다.',
    'same-family': '“{kept}” 열과 같은 내용입니다.',
    computed: '“{kept}” 열에서 계산한 값입니다.',
    'costs-windows': '빈 곳 때문에 윈도 {windows}개 가운데 {lost}개를 잃습니다.',
    'too-many': '입력은 {most}개면 충분합니다.',
    analysis: '예보가 아니라 사후 분석값입니다. 예보할 때는 아무도 알 수 없습니다.',
    'forecast-unused': '필요하지 않거나 모든 선행 시간에 대해 알려지지 않은 예보입니다.',
  },
};

/** Why a column was left out, as a sentence that stands behind its name. */
export function describeLeftOut({ why, params }: LeftOut, language: Language = 'en'): string {
  return fillTemplate(SENTENCES[language][why], params, language);
}

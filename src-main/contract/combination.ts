import { z } from 'zod';
import { formatWithUnit } from './format';
import type { Language } from './language';

/** What the forecast of a run is made of, chosen on the validation part alone. */
export const combinationSchema = z.strictObject({
  /** Share of the LSTM (the mean of its networks), 0 to 1; the rest is ridge regression's. */
  share: z.number().min(0).max(1),
  /** RMSE on the validation part in the target's unit: of the LSTM alone, of ridge alone, of what was chosen. */
  errors: z.strictObject({ lstm: z.number().min(0), ridge: z.number().min(0), chosen: z.number().min(0) }),
});
export type Combination = Readonly<z.infer<typeof combinationSchema>>;

/** 'The forecast is 70 % LSTM and 30 % ridge regression, chosen on the validation part: its RMSE is 2.41 °C there, ...'. */
export function describeCombination(
  { share, errors }: Combination,
  unit: string,
  language: Language = 'en',
): string {
  const lstm = Math.round(share * 100);
  const ridge = 100 - lstm;
  const rmse = (error: number): string => formatWithUnit(error, unit, 2, language);
  if (language === 'ko') {
    return (
      `이 예보는 LSTM ${lstm} %와 릿지 회귀 ${ridge} %를 섞은 것입니다. 비율은 검증 구간에서 골랐고, ` +
      `그 구간의 RMSE는 혼합 ${rmse(errors.chosen)}, LSTM만 ${rmse(errors.lstm)}, 릿지만 ${rmse(errors.ridge)}입니다.`
    );
  }
  return (
    `The forecast is ${lstm} % LSTM and ${ridge} % ridge regression, chosen on the validation part: ` +
    `its RMSE is ${rmse(errors.chosen)} there, that of the LSTM alone ${rmse(errors.lstm)}, that of ridge alone ${rmse(errors.ridge)}.`
  );
}

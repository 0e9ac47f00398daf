import { z } from 'zod';
import { formatWithUnit } from './format';

/** What the forecast of a run is made of, chosen on the validation part alone. */
export const combinationSchema = z.strictObject({
  /** Share of the LSTM (the mean of its networks), 0 to 1; the rest is ridge regression's. */
  share: z.number().min(0).max(1),
  /** RMSE on the validation part in the target's unit: of the LSTM alone, of ridge alone, of what was chosen. */
  errors: z.strictObject({ lstm: z.number().min(0), ridge: z.number().min(0), chosen: z.number().min(0) }),
});
export type Combination = Readonly<z.infer<typeof combinationSchema>>;

/** '70 % LSTM and 30 % ridge, chosen on the validation part: RMSE 2.41 °C there, against 2.44 °C of ...'. */
export function describeCombination({ share, errors }: Combination, unit: string): string {
  const lstm = Math.round(share * 100);
  const [alone, ridge, chosen] = [errors.lstm, errors.ridge, errors.chosen].map((error) =>
    formatWithUnit(error, unit),
  );
  return (
    `The forecast is ${lstm} % LSTM and ${100 - lstm} % ridge regression, chosen on the validation part: ` +
    `its RMSE is ${chosen} there, that of the LSTM alone ${alone}, that of ridge alone ${ridge}.`
  );
}

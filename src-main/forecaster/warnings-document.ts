import { z } from 'zod';
import { keptWarningSchema, MOST_WARNINGS } from '../contract/events';
import { ERROR_LEVELS } from '../verification/warnings/probability';

/** By one of the two a probability is computed. */
const learnedSchema = keptWarningSchema.shape.learned
  .unwrap()
  .refine(
    ({ fit: { source, errors, logistic } }) =>
      (errors === null) === (source === 'logistic') && (logistic === null) === (source === 'distribution'),
  )
  .refine(
    ({ fit: { errors } }) =>
      errors === null ||
      (errors.length === ERROR_LEVELS.length &&
        errors.every((error, at) => at === 0 || error >= errors[at - 1]!)),
  );

/** The warnings in forecaster.json: each learned. */
export const warningsDocumentSchema = z
  .array(keptWarningSchema.extend({ learned: learnedSchema }))
  .max(MOST_WARNINGS);

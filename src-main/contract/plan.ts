import { z } from 'zod';
import { trainingSettingsSchema } from './settings';

/** What a person wants to know; 'own': none of these, the settings say it. */
export const QUESTIONS = [
  'next-hours',
  'tomorrow',
  'next-days',
  'highs-and-lows',
  'rain-tomorrow',
  'own',
] as const;
export type Question = (typeof QUESTIONS)[number];

const columnIndex = z.number().int().min(0);

/** The columns of a file that questions are about. */
export const subjectsSchema = z.strictObject({
  /** What people forecast: the temperature of the air, else what comes next. */
  usual: columnIndex,
  /** The highest and lowest of each day, where the file tells both and both are read. */
  extremes: z.tuple([columnIndex, columnIndex]).nullable(),
  /** The temperature of the air. */
  temperature: columnIndex.nullable(),
  rain: columnIndex.nullable(),
});
export type Subjects = Readonly<z.infer<typeof subjectsSchema>>;

const { window, horizon, testFrom, validationFrom } = trainingSettingsSchema.shape;

/** What a question and a file make of the settings; all else is as Recommended has it. */
export const planSchema = z.strictObject({
  question: z.enum(QUESTIONS),
  /** As in `TrainingSettings`. */
  window,
  horizon,
  testFrom,
  validationFrom,
});
export type Plan = Readonly<z.infer<typeof planSchema>>;

import {
  isOfKind,
  SETTING_NAMES,
  trainingSettingsSchema,
  type NumericSetting,
  type TrainingSettings,
} from '../../../src-main/contract/settings';

/** The settings as they stand in the fields: a number may be missing, and what is switched off keeps its number. */
export type SettingsDraft = Omit<TrainingSettings, NumericSetting> &
  Record<NumericSetting, number | null> & {
    readonly earlyStopping: boolean;
    readonly clip: boolean;
  };

/** Shown in a field whose switch is off until the user turns it on. */
const USUAL_WHEN_OFF = { patience: 20, clipNorm: 1 } as const;

export function draftOf(settings: TrainingSettings, before?: SettingsDraft): SettingsDraft {
  return {
    ...settings,
    patience: settings.patience ?? before?.patience ?? USUAL_WHEN_OFF.patience,
    clipNorm: settings.clipNorm ?? before?.clipNorm ?? USUAL_WHEN_OFF.clipNorm,
    earlyStopping: settings.patience !== null,
    clip: settings.clipNorm !== null,
  };
}

export type FieldError = 'missing' | 'whole' | 'range';

export type DraftCheck =
  | { readonly settings: TrainingSettings; readonly errors: null }
  | { readonly settings: null; readonly errors: Readonly<Partial<Record<NumericSetting, FieldError>>> };

/** The settings that a draft means, or what is wrong at which field; by the schema that the main process uses too. */
export function checkDraft(draft: SettingsDraft): DraftCheck {
  const { earlyStopping, clip, ...values } = draft;
  const parsed = trainingSettingsSchema.safeParse({
    ...values,
    patience: earlyStopping ? (draft.patience ?? NaN) : null,
    clipNorm: clip ? (draft.clipNorm ?? NaN) : null,
  });
  if (parsed.success) return { settings: parsed.data, errors: null };

  const errors: Partial<Record<NumericSetting, FieldError>> = {};
  for (const issue of parsed.error.issues) {
    const key = SETTING_NAMES.find((name) => name === issue.path[0]);
    if (key === undefined || !isOfKind(key, 'number')) continue;
    if (draft[key] === null) errors[key] = 'missing';
    else if (issue.code === 'invalid_type') errors[key] ??= 'whole';
    else errors[key] = 'range';
  }
  return { settings: null, errors };
}

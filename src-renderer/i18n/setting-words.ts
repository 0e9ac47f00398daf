import type { SettingName, SettingOfKind, TrainingSettings } from '../../src-main/contract/settings';

export interface ChoiceWords {
  readonly label: string;
  readonly help?: string;
}

/** What a setting is called and one sentence on what it does; for a choice, what each value is called too. */
type WordsOf<N extends SettingName> =
  N extends SettingOfKind<'moment'>
    ? { readonly label: string }
    : N extends SettingOfKind<'choice'>
      ? {
          readonly label: string;
          readonly help: string;
          readonly choices: Readonly<Record<TrainingSettings[N], ChoiceWords>>;
        }
      : { readonly label: string; readonly help: string };

/** The words of every setting, in one language. */
export type SettingWords = { readonly [N in SettingName]: WordsOf<N> };

import { describe, expect, it } from 'vitest';
import { PRESETS, presetSettings } from '../../../src-main/contract/settings';
import { checkDraft, draftOf } from './draft';

describe('settings in fields', () => {
  it('give every preset back as it is', () => {
    for (const preset of PRESETS) {
      const settings = presetSettings(preset);
      expect(checkDraft(draftOf(settings))).toEqual({ settings, errors: null });
    }
  });

  it('say what is wrong at which field', () => {
    const draft = draftOf(presetSettings('recommended'));
    const { errors } = checkDraft({
      ...draft,
      hidden: null,
      layers: 1.5,
      window: 0,
      dropout: 0.9,
      patience: null,
    });
    expect(errors).toEqual({
      hidden: 'missing',
      layers: 'whole',
      window: 'range',
      dropout: 'range',
      patience: 'missing',
    });
  });

  it('do not mind the field of what is switched off, and keep its number', () => {
    const draft = { ...draftOf(presetSettings('recommended')), earlyStopping: false, patience: null };
    expect(checkDraft(draft).settings?.patience).toBeNull();

    const off = checkDraft({ ...draft, patience: 35 }).settings;
    expect(off && draftOf(off, { ...draft, patience: 35 })).toMatchObject({
      earlyStopping: false,
      patience: 35,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../contract/language';
import type { Issued } from '../contract/watch';
import { NOTHING_COUNTED } from '../contract/watch';
import { SHARED_WORDS } from '../contract/words';
import { publicationToFragment, publicationToPage } from './page';
import { publicationOf, publicationToJson, type About } from './publication';
import { issuedFixture } from './publication.fixture';

const about: About = {
  name: 'garden',
  madeAt: Date.UTC(2026, 0, 2, 0, 1),
  baselineInstead: false,
  warnings: [],
};
const worse: Issued = {
  ...issuedFixture,
  grade: { ...issuedFixture.grade!, worseSince: Date.UTC(2025, 11, 24) },
  worse: { ...NOTHING_COUNTED, since: 20_446 },
};

describe('the published page', () => {
  it('is in one file, asks the network for nothing, and shows what is published', () => {
    const page = publicationToPage(publicationOf(issuedFixture, about), 'en');
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg")|<script|<link|url\(/);
    for (const text of ['4.2 °C', '2026-01-02 03:00', '70 %', '0.80 °C', 'Ridge', '<svg role="img"']) {
      expect(page).toContain(text);
    }
  });

  it('is in Korean where that is wished', () => {
    const page = publicationToPage(publicationOf(issuedFixture, about), 'ko');
    expect(page).toContain('<html lang="ko">');
    expect(page).toContain('마지막 관측');
    expect(page).not.toContain('Last reading');
  });

  it('gives names from files no power over it', () => {
    const name = '<img src=x onerror=alert(1)>';
    const forecast = { ...issuedFixture.forecast, targetName: name };
    const warnings = [{ text: name, probability: 0.4 }];
    const fragment = publicationToFragment(
      publicationOf({ ...issuedFixture, forecast }, { ...about, warnings }),
      'en',
    );
    expect(fragment).not.toContain('<img');
    expect(fragment).toContain('&lt;img');
    expect(fragment).toContain('(40 %)');
  });

  it('says that the model is worse, and shows the better forecast where that is allowed', () => {
    expect(publicationToPage(publicationOf(worse, about), 'en')).toContain('Since 2025-12-24 the model');
    const publication = publicationOf(worse, { ...about, baselineInstead: true });
    expect(publicationToPage(publication, 'en')).toContain('The model has done worse than Ridge');
    expect(publicationToJson(publication)).toMatchObject({
      method: 'ridge',
      points: [
        { lead: 1, value: 3.9, intervals: null },
        { lead: 2, value: 3.8, intervals: null },
        { lead: 3, value: 3.7, intervals: null },
      ],
      score: { worseSince: '2025-12-24' },
    });
    expect(publicationOf(issuedFixture, { ...about, baselineInstead: true }).method).toBe('model');
  });

  it.each(LANGUAGES)('says that the weather service’s forecast was missing (%s)', (language) => {
    const forecast = { ...issuedFixture.forecast, withoutService: true as const };
    const publication = publicationOf({ ...issuedFixture, forecast }, about);
    const { withoutService } = SHARED_WORDS[language];
    expect(publicationToPage(publication, language)).toContain(withoutService);
    expect(publicationToPage(publicationOf(issuedFixture, about), language)).not.toContain(withoutService);
    expect(publicationToJson(publication)).toMatchObject({ withoutService: true });
  });

  it('holds no number that is none', () => {
    const missing = {
      ...issuedFixture,
      grade: { ...issuedFixture.grade!, within: NaN },
      forecast: {
        ...issuedFixture.forecast,
        history: { ...issuedFixture.forecast.history, filled: Uint8Array.of(0, 1) },
      },
    };
    const publication = publicationOf(missing, about);
    expect(publicationToPage(publication, 'en')).not.toContain('NaN');
    expect(JSON.parse(JSON.stringify(publicationToJson(publication)))).toMatchObject({
      current: null,
      score: { within95: null },
    });
  });
});

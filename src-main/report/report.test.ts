import { describe, expect, it } from 'vitest';
import { coverageOf } from '../contract/intervals';
import { LANGUAGES, type Language } from '../contract/language';
import type { Series } from '../contract/series';
import type { TrainingSettings } from '../contract/settings';
import { escapeXml } from '../drawing';
import { forecastFrom } from '../forecaster';
import { fixtureForecaster, fixtureReadings } from '../forecaster/forecaster.fixture';
import { formatInstant, prepare, scaleValue, summarisePreparation, targetVariable } from '../series';
import { fixtureSeries, noise } from '../series/series.fixture';
import { learnEvent, learnIntervals, readForecasts, verify } from '../verification';
import type { ReportContent } from './content';
import { thin } from '../drawing/hindcast-svg';
import { reportToHtml } from './report';

/** Two years of days on which rain tends to follow rain, with Korean names. */
function rainSeries(rows = 730): Series {
  const [luck, amount] = [noise(rows, 31), noise(rows, 5)];
  let wet = false;
  const values = Array.from(luck, (draw, row) => {
    wet = draw < (wet ? 0.5 : -0.6);
    return wet ? 1 + 9 * Math.abs(amount[row]!) : 0;
  });
  return fixtureSeries([
    { name: '기온', values: noise(rows, 77).map((value, row) => 12 - 9 * Math.cos(row / 58) + value) },
    { name: '강수량', quantity: 'rain', unit: 'mm', values },
  ]);
}

/**
 * All that a report says of a model that forecasts the last reading and some noise, its intervals and (for rain) its
 * probabilities learned and verified as those of a real one.
 * @param share of the LSTM, where it is said to be a blend
 */
function fixtureContent(
  changes: Partial<TrainingSettings>,
  series: Series,
  share: number | null = null,
): ReportContent {
  const { forecaster } = fixtureForecaster(changes, series);
  const { settings } = forecaster;
  const { horizon, members } = settings;
  const preparation = prepare(series, settings);
  const target = targetVariable(series);
  const predict = (starts: Int32Array, seed: number): Float32Array => {
    const around = noise(starts.length * horizon, seed);
    return Float32Array.from(around, (value, index) => {
      const last = target.values[starts[Math.floor(index / horizon)]! + settings.window - 1]!;
      return scaleValue(preparation.targetScaler, last + value);
    });
  };
  const { test } = preparation.split;
  const predicted = predict(test, 1);
  const event = learnEvent(series, preparation, settings.rainThreshold);
  const verification = verify({
    series,
    preparation,
    predicted,
    calibration: learnIntervals(series, preparation, (starts) =>
      readForecasts(series, preparation, predict(starts, 2), starts.length),
    ),
    combination:
      share === null
        ? null
        : {
            share,
            parts: [{ name: 'ridge', share: 1 - share, penalty: 0.1 }],
            errors: { lstm: 2.5, others: 2.75, chosen: 2.25 },
          },
    event,
    alone: members === 1 ? [] : Array.from({ length: members }, (_, member) => predict(test, member + 1)),
  });
  const { intervals } = verification;
  const trained = {
    ...forecaster,
    event,
    intervals: intervals && { calibration: intervals.after, coverage: coverageOf(intervals) },
  };
  const summary = summarisePreparation(series, settings);
  return {
    name: 'winter',
    sourceFile: 'station.csv',
    trainedAt: Date.UTC(2024, 4, 1),
    madeAt: Date.UTC(2024, 4, 2),
    data: {
      rows: series.time.length,
      from: series.time[0]!,
      to: series.time.at(-1)!,
      stepLabel: series.step.label,
      filled: 1,
      toldByLater: summary.toldByLater,
      struck: [],
    },
    inputNames: summary.inputNames,
    settings,
    parameterCount: summary.parameterCount,
    epochs: 20,
    keptEpoch: 17,
    parts: summary.parts,
    windows: summary,
    verification,
    forecast: forecastFrom(trained, series),
    versions: forecaster.versions,
  };
}

const hostile: ReportContent = {
  ...fixtureContent({ horizon: 20 }, fixtureReadings(300)),
  name: 'winter <script>alert(1)</script> & "more"',
  sourceFile: 'station<img src=x onerror=alert(1)>.csv',
  inputNames: [{ name: '</td><script>alert(2)</script>', made: false }],
  versions: { hindcast: '<b>0.1.0</b>' },
};
const html = reportToHtml(hostile, 'en');
const rain = fixtureContent(
  { horizon: 3, validationShare: 0.2, scalerFit: 'training', members: 3, seed: 1 },
  rainSeries(),
  0.7,
);
const rainHtml = reportToHtml(rain, 'en');

/** What is read of a page: its texts, and what a picture is called. */
function textsOf(page: string): string {
  const labels = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
  return [page.replace(/<style>[^]*?<\/style>/, '').replace(/<[^>]*>/g, ' '), ...labels].join(' ');
}

/** Words in Latin letters that are neither names of the run's own nor terms that Korean also writes so. */
function englishLeft(content: ReportContent, language: Language = 'ko'): string[] {
  const { name, sourceFile, inputNames, verification, versions } = content;
  const calendar = ['sin', 'cos', 'day of year'];
  const own = [
    name,
    sourceFile,
    ...inputNames.map(({ name }) => name),
    verification.targetName,
    ...Object.keys(versions),
  ];
  const names = own.filter((each) => !calendar.some((word) => each.includes(word)));
  const text = names.reduce(
    (rest, each) => rest.replaceAll(escapeXml(each), ' '),
    textsOf(reportToHtml(content, language)),
  );
  const terms = ['LSTM', 'RMSE', 'MAE', 'CSV', 'UTC', 'Hindcast', 'mm', 'sin', 'cos', 'p', 'lt', 'C'];
  return (text.match(/[A-Za-z]+/g) ?? []).filter((word) => !terms.includes(word));
}

describe('a report', () => {
  it.each(LANGUAGES)(
    'stands alone and runs nothing, whatever a file or a person is called: %s',
    (language) => {
      const { verification, forecast } = hostile;
      const targetName = '<svg onload=alert(3)>';
      const page = reportToHtml(
        { ...hostile, verification: { ...verification, targetName }, forecast: { ...forecast, targetName } },
        language,
      );
      expect(page).toContain("default-src 'none'");
      expect(page).not.toMatch(/<(script|img|link|iframe|object|b|svg onload)\b/i);
      // The namespace of SVG is a name, not an address.
      expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/i);
      expect(page).toContain('winter &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
      expect(page).toContain('station&lt;img src=x onerror=alert(1)&gt;.csv');
    },
  );

  it('tells the verdict, every method’s scores and the forecast', () => {
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/class="verdict (beats|level|loses)">The LSTM /);
    for (const name of ['LSTM', 'Persistence', 'Damped persistence', 'Climatology', 'Ridge']) {
      expect(html).toContain(`<th scope="row">${name}</th>`);
    }
    const { value } = hostile.verification.overall.methods.model.mae;
    expect(html).toContain(`<td>${value.toFixed(2)} °C</td>`);
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).not.toMatch(/NaN|undefined/);
  });

  it('lists one lead time in so many where there are more than a page has room for', () => {
    const rowOf = (lead: number): string =>
      `<th scope="row">${formatInstant(hostile.forecast.points[lead - 1]!.time)}</th>`;
    expect(html).toContain(rowOf(2));
    expect(html).toContain(rowOf(20));
    expect(html).not.toContain(rowOf(19));
    expect(html).toContain('One lead time in 2; all 20 are in the CSV of the forecast.');
  });

  it('tells how often the intervals held, and warns where they are too narrow', () => {
    const held = (page: ReportContent): string[] =>
      Object.values(page.forecast.intervals!.coverage).map((share) => `${(share * 100).toFixed(1)} %`);
    const [narrow, middle, wide] = held(rain);
    expect(rainHtml).toContain(
      `the 50 % intervals held ${narrow} of the readings, the 80 % ones ${middle}, the 95 % ones ${wide}.`,
    );
    expect(rainHtml).not.toContain('too narrow');
    const [fromTraining] = held(hostile);
    expect(html).toContain(`the 50 % intervals held ${fromTraining} of the readings`);
    expect(html).toContain('No validation part was kept');
    expect(reportToHtml({ ...rain, forecast: { ...rain.forecast, intervals: null } }, 'en')).toContain(
      'There were too few windows to learn intervals from.',
    );
  });

  it('tells how likely rain is, and what such probabilities were worth', () => {
    const { brier, climatologyBrier, skill } = rain.verification.event!;
    expect(rainHtml).toContain('>At least 1.0 mm</th>');
    for (const chance of rain.forecast.event!.probabilities) {
      expect(rainHtml).toContain(`<td>${Math.round(chance * 100)} %</td>`);
    }
    expect(rainHtml).toContain(
      `a Brier score of ${brier.toFixed(3)}, that of climatology ${climatologyBrier.toFixed(3)}: a skill of ${(skill * 100).toFixed(1)} %.`,
    );
    expect(html).not.toMatch(/Brier|At least/);
  });

  it('tells of a blend and of a mean of several networks', () => {
    expect(rainHtml).toContain(
      'The forecast is 70 % LSTM and 30 % ridge regression. The shares were chosen without the test part; on the validation part its RMSE is 2.25 mm',
    );
    expect(rainHtml).toContain('<th scope="row">LSTM and simple models</th>');
    expect(rainHtml).toContain('Mean of 3 networks, each an LSTM, 1 layer of 10 units');
    expect(rainHtml).toContain('seeds 1 to 3');
    expect(html).not.toMatch(/Mean of|The forecast is|LSTM and simple models/);
  });

  it('says what windows with a filled gap let through, where the settings keep such windows', () => {
    const kept = { ...rain, data: { ...rain.data, toldByLater: 420 } };
    expect(reportToHtml(kept, 'en')).toContain('In 420 of the windows a filled gap tells');
    expect(reportToHtml(kept, 'ko')).toContain('윈도 420개는');
    expect(englishLeft(kept)).toEqual([]);
    expect(rainHtml).not.toContain('Lets through');
  });

  it('speaks Korean: no English word is left but names, units and statistical terms', () => {
    const page = reportToHtml(rain, 'ko');
    expect(page).toContain('<html lang="ko">');
    for (const words of [
      'LSTM 70 % 및 릿지 회귀 30 %',
      '<th scope="row">감쇠 지속성 예보</th>',
      '신경망 3개의 평균',
      '관측이 50 % 구간에 든 비율은',
      '>1.0 mm 이상</th>',
      '브라이어 점수는',
      '730개, 1일 간격, 2021-01-01 ~ 2022-12-31',
    ]) {
      expect(page).toContain(words);
    }
    expect(englishLeft(rain)).toEqual([]);
    const plain = fixtureContent({ horizon: 20 }, fixtureReadings());
    expect(englishLeft(plain)).toEqual([]);
    const { forecast } = plain;
    expect(englishLeft({ ...plain, forecast: { ...forecast, intervals: null } })).toEqual([]);
    // The guard itself: it finds English where there is some.
    expect(englishLeft(plain, 'en')).toContain('forecast');
  });

  it('thins a long line to its lowest and highest, in their order', () => {
    const values = Float64Array.from(
      { length: 6000 },
      (_, index) => Math.sin(index / 50) + (index === 3210 ? 9 : 0),
    );
    const thinned = thin(values);
    expect(thinned.length).toBeLessThanOrEqual(602);
    expect(thinned.some(({ index }) => index === 3210)).toBe(true);
    const indices = thinned.map(({ index }) => index);
    expect(indices).toEqual([...indices].sort((a, b) => a - b));
    expect(thin(values.slice(0, 50))).toHaveLength(50);
  });
});

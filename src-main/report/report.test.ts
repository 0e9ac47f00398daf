import { describe, expect, it } from 'vitest';
import { forecastFrom } from '../forecaster';
import { fixtureForecaster } from '../forecaster/forecaster.fixture';
import { prepare, scaleValue, summarisePreparation, targetVariable } from '../series';
import { verify } from '../verification';
import type { ReportContent } from './content';
import { thin } from './hindcast-svg';
import { reportToHtml } from './report';

const { forecaster, series } = fixtureForecaster({ horizon: 20 });
const { settings } = forecaster;
const preparation = prepare(series, settings);
const target = targetVariable(series);
const predicted = Float32Array.from({ length: preparation.split.test.length * 20 }, (_, index) =>
  scaleValue(preparation.targetScaler, target.values[preparation.split.test[0]!]! + (index % 7)),
);
const summary = summarisePreparation(series, settings);
const content: ReportContent = {
  name: 'winter <script>alert(1)</script> & "more"',
  sourceFile: 'station<img src=x onerror=alert(1)>.csv',
  trainedAt: Date.UTC(2024, 4, 1),
  madeAt: Date.UTC(2024, 4, 2),
  data: {
    rows: series.time.length,
    from: series.time[0]!,
    to: series.time.at(-1)!,
    stepLabel: series.step.label,
    filled: 1,
  },
  inputNames: summary.inputNames,
  settings,
  parameterCount: summary.parameterCount,
  epochs: 20,
  keptEpoch: 17,
  parts: summary.parts,
  windows: summary,
  verification: verify({ series, preparation, predicted }),
  forecast: forecastFrom(forecaster, series),
  versions: forecaster.versions,
};
const html = reportToHtml(content, 'en');

describe('a report', () => {
  it('stands alone and runs nothing, whatever a file or a person is called', () => {
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<(script|img|link|iframe|object)/i);
    // The namespace of SVG is a name, not an address.
    expect(html.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import/i);
    expect(html).toContain('winter &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
    expect(html).toContain('station&lt;img src=x onerror=alert(1)&gt;.csv');
  });

  it('tells the verdict, every method’s scores and the forecast', () => {
    expect(html).toMatch(/class="verdict (beats|level|loses)">The LSTM /);
    for (const name of ['LSTM', 'Persistence', 'Damped persistence', 'Climatology', 'Ridge regression']) {
      expect(html).toContain(`<th scope="row">${name}</th>`);
    }
    const { value } = content.verification.overall.methods.model.mae;
    expect(html).toContain(`<td>${value.toFixed(2)} °C</td>`);
    expect(html).toContain(`<td>${content.forecast.points[13]!.value.toFixed(2)} °C</td>`);
    expect(html).toContain('6 further lead times');
    expect(html.match(/<svg/g)).toHaveLength(2);
    expect(html).not.toContain('NaN');
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

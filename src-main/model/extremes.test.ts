import { describe, expect, it } from 'vitest';
import { withinHorizon } from '../contract/dataset';
import { settingsOfPlan } from '../contract/question';
import { makeSeries } from '../dataset/axis/make-series';
import { readContent } from '../dataset/fixture';
import { answerFor, summarise } from '../dataset/summary/summarise';
import { mappingFor } from '../forecaster/mapping';
import { inputVariables, targetVariable } from '../series';
import { inputsToChooseFrom, newRunOf } from './new-run';
import { columnsOfTarget, seriesOfTarget } from './one-target';

/** Readings every three hours. @param extra a column that is called as the highest of the day would be */
const fileOf = (days: number, extra = 'hum'): string =>
  `time,temp,wind,${extra}\n${Array.from({ length: 8 * days }, (_, at) => {
    const time = new Date(Date.UTC(2021, 0, 1, 3 * at)).toISOString().slice(0, 16);
    const sun = Math.sin(((at % 8) / 8) * 2 * Math.PI);
    return `${time},${(9 + 5 * sun + (at % 13)).toFixed(1)},${at % 5},${60 - 10 * sun}\n`;
  }).join('')}`;

const highsAndLows = async (content: string, hasSun = false) => {
  const table = await readContent(content);
  const summary = summarise(table, 'test');
  const { mapping: answered, plan } = answerFor(table, summary, 'highs-and-lows');
  const sun = { latitude: 37.57, longitude: 126.97, utcOffset: 9, ahead: 1 };
  const mapping = withinHorizon({ ...answered, sun: hasSun ? sun : null }, plan.horizon);
  const run = newRunOf(summary, mapping, settingsOfPlan(plan, 86_400));
  return { run, series: makeSeries(table, mapping) };
};

describe('a run of highs and lows', () => {
  it('remembers both as targets made of one column, behind the inputs', async () => {
    const { run, series } = await highsAndLows(fileOf(60));
    expect(run.name).toBe('temp max · readings.csv');
    expect(run.columns.map(({ name, role, extreme }) => [name, role, extreme?.of])).toEqual([
      ['time', 'time', undefined],
      ['temp', 'feature', undefined],
      ['wind', 'feature', undefined],
      ['hum', 'feature', undefined],
      ['temp max', 'target', 'temp'],
      ['temp min', 'also-target', 'temp'],
    ]);
    // What they are made of is not left out as an input that is worth little.
    expect(inputsToChooseFrom(run, series)).toEqual(['wind', 'hum']);
  });

  it.each([
    ['', 'hum', false],
    [', beside a column that is called so', 'temp max', false],
    [', with the sun among the inputs', 'hum', true],
  ])('reads a newer file as its own, for either target%s', async (_what, extra, hasSun) => {
    const { run, series } = await highsAndLows(fileOf(60, extra), hasSun);
    const table = await readContent(fileOf(70, extra));
    const newer = summarise(table, 'newer');
    for (const place of [0, 1]) {
      const own = seriesOfTarget(series, place);
      const target = targetVariable(own);
      const columns = columnsOfTarget(run.columns, target.name);
      expect(columns.filter(({ role }) => role === 'target').map(({ name }) => name)).toEqual([target.name]);
      const { stepSeconds = null, gapLimit = null, derived = [], sun = null } = run;
      const axis = { stepSeconds, gapLimit, derived, sun };
      const again = makeSeries(
        table,
        mappingFor({ target, inputs: inputVariables(own), columns, ...axis }, newer),
      );
      expect(again.time).toHaveLength(70);
      expect(targetVariable(again)).toMatchObject({ name: target.name, quantity: 'temperature' });
      expect(again.alsoTargets).toEqual([]);
      expect(inputVariables(again).map(({ name, values }) => [name, values.slice(0, 60)])).toEqual(
        inputVariables(own).map(({ name, values }) => [name, values]),
      );
    }
  });
});

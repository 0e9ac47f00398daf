import { describe, expect, it } from 'vitest';
import type { ColumnMapping, DatasetSummary } from '../../../src-main/contract/dataset';
import { AS_FOUND } from '../../../src-main/contract/dataset';
import { MONTH_SECONDS } from '../../../src-main/contract/derived';
import type { Quantity } from '../../../src-main/contract/quantities';
import { coarserSteps, obstacleTo, setDerived, setStep, stepOfAxis, withSun } from './axis-choices';

const QUANTITIES: readonly Quantity[] = ['other', 'temperature', 'relative humidity', 'pressure'];
const datasetAt = (seconds: number): DatasetSummary =>
  ({
    step: { seconds, label: '', exactShare: 1 },
    columns: QUANTITIES.map((quantity, index) => ({ index, name: `column ${index}`, quantity })),
  }) as unknown as DatasetSummary;
const mapping: ColumnMapping = {
  time: 0,
  target: 1,
  alsoTargets: [],
  inputs: [1, 2],
  columns: QUANTITIES.map((quantity, index) => ({
    index,
    quantity,
    unit: '',
    useUnit: '',
    gapPolicy: 'linear',
  })),
  from: null,
  to: null,
  ...AS_FOUND,
};

describe('the step', () => {
  it('can be coarser than that of the file, never finer', () => {
    expect(coarserSteps(datasetAt(3600))).toEqual([10_800, 21_600, 43_200, 86_400, MONTH_SECONDS]);
    expect(coarserSteps(datasetAt(86_400))).toEqual([MONTH_SECONDS]);
    expect(coarserSteps(datasetAt(31 * 86_400))).toEqual([]);
  });

  it('of the axis is the chosen one, else that of the file', () => {
    expect(stepOfAxis(mapping, datasetAt(600))).toBe(600);
    expect(stepOfAxis({ ...mapping, stepSeconds: 3600 }, datasetAt(600))).toBe(3600);
    expect(stepOfAxis(null, null)).toBeUndefined();
  });

  it('takes out derived inputs that it is too coarse for', () => {
    const hourly = setDerived(setDerived(mapping, 'pressure tendency', true), 'dew point', true);
    expect(hourly.derived).toEqual(['dew point', 'pressure tendency']);
    expect(setStep(hourly, datasetAt(3600), 86_400)).toMatchObject({
      stepSeconds: 86_400,
      derived: ['dew point'],
    });
    expect(setStep(hourly, datasetAt(3600), 10_800).derived).toEqual(hourly.derived);
  });

  it('has extremes where it is longer than that of the file', () => {
    const ofDays: ColumnMapping = { ...mapping, stepSeconds: 86_400, extremes: ['highest', 'lowest'] };
    expect(setStep(ofDays, datasetAt(3600), 43_200).extremes).toEqual(['highest', 'lowest']);
    expect(setStep(ofDays, datasetAt(3600), null).extremes).toBeUndefined();
  });
});

describe('a derived input', () => {
  it('says what stands in its way', () => {
    expect(obstacleTo('dew point', mapping, datasetAt(3600))).toBeNull();
    expect(obstacleTo('wind u/v', mapping, datasetAt(3600))).toBe('columns');
    expect(obstacleTo('pressure tendency', mapping, datasetAt(86_400))).toBe('step');
  });

  it('is taken in and out again', () => {
    expect(setDerived(setDerived(mapping, 'dew point', true), 'dew point', false)).toEqual(mapping);
  });
});

describe('the sun', () => {
  it('is an input once its place is whole, by the clock of the file, of the place, or as it is told', () => {
    const sunOf = (latitude: number | null, longitude: number | null, utcOffset: number | null = null) =>
      withSun(mapping, { latitude, longitude, utcOffset }, null).sun;
    expect(sunOf(37, null)).toBeNull();
    expect(sunOf(null, 127)).toBeNull();
    expect(sunOf(91, 127)).toBeNull();
    expect(sunOf(37, 127)).toMatchObject({ latitude: 37, longitude: 127, utcOffset: 8 });
    expect(sunOf(37, 127, 9)).toMatchObject({ utcOffset: 9 });
    const place = { latitude: 37, longitude: 127, utcOffset: null };
    const inSeoul = withSun(mapping, place, 'Asia/Seoul');
    expect(inSeoul.sun).toMatchObject({ utcOffset: 9 });
    expect(withSun(inSeoul, null, null).sun).toBeNull();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_ROLES,
  columnMappingSchema,
  roleOf,
  targetsOf,
  type ColumnMapping,
  type ColumnReport,
  type DatasetSummary,
} from '../../../src-main/contract/dataset';
import { fixtureColumn, fixtureDataset } from './dataset.fixture';
import {
  choiceOf,
  extremeInputs,
  knownAheadOf,
  mappingErrors,
  setGapPolicy,
  setKnownAhead,
  setQuantity,
  setRange,
  setRole,
  setShownRole,
  setTargetIsInput,
  setUnit,
  setUseUnit,
  shownRoleOf,
  targetIsInput,
  unitOptions,
} from './mapping';

const report = fixtureColumn;

const mapping: ColumnMapping = {
  time: 0,
  target: 2,
  alsoTargets: [],
  inputs: [1, 2],
  columns: [1, 2, 3].map((index) => ({
    index,
    quantity: 'temperature',
    unit: '°C',
    useUnit: '°C',
    gapPolicy: 'linear',
  })),
  from: null,
  to: null,
  stepSeconds: null,
  gapLimit: null,
  derived: [],
  sun: null,
};

const DAY = 86_400_000;
const dataset = (columns: ColumnReport[]): DatasetSummary => fixtureDataset(columns, mapping);

describe('roles', () => {
  it('move the target and keep the old one as an input', () => {
    const moved = setRole(mapping, 3, 'target');
    expect(moved).toMatchObject({ target: 3, inputs: [1, 2, 3] });
    const alone = setRole(setTargetIsInput(mapping, false), 3, 'target');
    expect(alone).toMatchObject({ target: 3, inputs: [1, 2] });
  });

  it('forecast no highs and lows of a target that was moved', () => {
    const both: ColumnMapping = { ...mapping, extremes: ['highest', 'lowest'] };
    expect(setRole(both, 1, 'also-target').extremes).toEqual(['highest', 'lowest']);
    expect(setRole(both, 3, 'target').extremes).toBeUndefined();
    const nameOf = (index: number): string => `column ${index}`;
    expect(extremeInputs(both, nameOf)).toEqual(['column 2 max', 'column 2 min']);
    expect(extremeInputs(setTargetIsInput(both, false), nameOf)).toEqual([]);
    expect(extremeInputs(mapping, nameOf)).toEqual([]);
  });

  it('add and take away inputs in the order of the columns', () => {
    const both = setRole(mapping, 3, 'feature');
    expect(both.inputs).toEqual([1, 2, 3]);
    expect(setRole(both, 1, 'ignore').inputs).toEqual([2, 3]);
  });

  it('move the time, and never take it or the target away', () => {
    expect(setRole(mapping, 1, 'time')).toMatchObject({ time: 1, inputs: [2] });
    expect(setRole(mapping, 0, 'ignore')).toBe(mapping);
    expect(setRole(mapping, 2, 'ignore')).toBe(mapping);
    expect(setRole(mapping, 2, 'time')).toBe(mapping);
  });

  it('stay a sound mapping whatever is clicked', () => {
    const edit = fc.tuple(fc.nat(3), fc.constantFrom(...COLUMN_ROLES));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
        let edited = mapping;
        for (const [index, role] of edits) {
          edited = setRole(edited, index, role);
          expect(targetsOf(edited)).not.toContain(edited.time);
          expect(targetsOf(edited)).toHaveLength(1 + edited.alsoTargets.length);
          expect(edited.inputs).not.toContain(edited.time);
          expect(edited.inputs).toEqual([...new Set(edited.inputs)].sort((a, b) => a - b));
          expect([0, 1, 2, 3].map((i) => roleOf(edited, i)).filter((r) => r === 'target')).toHaveLength(1);
          if (edited.inputs.length > 0) expect(columnMappingSchema.safeParse(edited).success).toBe(true);
        }
      }),
    );
  });

  it('give further targets, which are inputs where the first one is', () => {
    const both = setRole(mapping, 3, 'also-target');
    expect(both).toMatchObject({ target: 2, alsoTargets: [3], inputs: [1, 2, 3] });
    expect(setTargetIsInput(both, false).inputs).toEqual([1]);
    expect(setRole(setTargetIsInput(mapping, false), 3, 'also-target').inputs).toEqual([1]);
    expect(setRole(both, 3, 'feature')).toMatchObject({ alsoTargets: [], inputs: [1, 2, 3] });
    expect(setRole(both, 3, 'ignore')).toMatchObject({ alsoTargets: [], inputs: [1, 2] });
    // The first target gives its place away; it is an input as a former target always is.
    expect(setRole(both, 3, 'target')).toMatchObject({ target: 3, alsoTargets: [], inputs: [1, 2, 3] });
  });

  it('let the target be an input or not', () => {
    const without = setTargetIsInput(mapping, false);
    expect(without.inputs).toEqual([1]);
    expect(targetIsInput(without)).toBe(false);
    expect(setTargetIsInput(without, true)).toEqual(mapping);
  });
});

describe('units and gaps', () => {
  const choice = choiceOf(mapping, report(1));

  it('follow the quantity', () => {
    const pressure = setQuantity(mapping, choice, 'pressure');
    expect(choiceOf(pressure, report(1))).toMatchObject({
      quantity: 'pressure',
      unit: 'hPa',
      useUnit: 'hPa',
    });
    const dewPoint = setQuantity(mapping, { ...choice, unit: '°F', useUnit: '°C' }, 'dew point');
    expect(choiceOf(dewPoint, report(1))).toMatchObject({ unit: '°F', useUnit: '°C' });
    const other = setQuantity(mapping, { ...choice, unit: '°F', useUnit: '°C' }, 'other');
    expect(choiceOf(other, report(1))).toMatchObject({ unit: '°F', useUnit: '°F' });
  });

  it('keep the unit used when it was chosen apart', () => {
    expect(choiceOf(setUnit(mapping, choice, '°F'), report(1))).toMatchObject({ unit: '°F', useUnit: '°F' });
    const converted = { ...choice, unit: '°F', useUnit: '°C' };
    expect(choiceOf(setUnit(mapping, converted, 'K'), report(1))).toMatchObject({
      unit: 'K',
      useUnit: '°C',
    });
    expect(choiceOf(setUseUnit(mapping, choice, 'K'), report(1))).toMatchObject({ unit: '°C', useUnit: 'K' });
  });

  it('offer a unit of the file that the table lacks', () => {
    expect(unitOptions('rain', 'mm')).toEqual(['mm', 'cm', 'in']);
    expect(unitOptions('rain', 'l/m²')).toEqual(['l/m²', 'mm', 'cm', 'in']);
  });

  it('change one column and leave the others', () => {
    const edited = setGapPolicy(mapping, choice, 'zero');
    expect(edited.columns.map((column) => column.gapPolicy)).toEqual(['zero', 'linear', 'linear']);
    expect(choiceOf(edited, report(9, { unit: 'mm', quantity: 'rain' }))).toMatchObject({ unit: 'mm' });
  });
});

describe('mapping errors', () => {
  it('are none for a sound mapping', () => {
    expect(mappingErrors(mapping, dataset([report(0), report(1), report(2)]))).toEqual([]);
  });

  it('name words, empty columns and a constant target', () => {
    const words = report(1, { count: 3, words: 3, firstWord: { line: 5, text: 'rain' } });
    const constant = report(2, { min: 4, max: 4 });
    const errors = mappingErrors(mapping, dataset([report(0), words, constant]));
    expect(errors.map(({ column, problem }) => [column, problem?.code])).toEqual([
      [1, 'column-words'],
      [2, 'column-constant'],
    ]);
    const empty = mappingErrors(mapping, dataset([report(0), report(1, { count: 0 }), report(2)]));
    expect(empty[0]?.problem?.code).toBe('column-empty');
  });

  it('want an input and a period with readings', () => {
    const data = dataset([report(0), report(1), report(2)]);
    expect(mappingErrors({ ...mapping, inputs: [] }, data)[0]?.kind).toBe('no-inputs');
    expect(mappingErrors(setRange(mapping, { from: 200 * DAY, to: null }), data)[0]?.kind).toBe(
      'empty-range',
    );
    expect(mappingErrors(setRange(mapping, { from: 5 * DAY, to: 2 * DAY }), data)[0]?.kind).toBe(
      'empty-range',
    );
    expect(mappingErrors(setRange(mapping, { from: 5 * DAY, to: 9 * DAY }), data)).toEqual([]);
  });
});

describe('the roles of forecasts', () => {
  const dataset = { knownAhead: [{ index: 3, row: 'valid', steps: 24 }] } as const;

  it('a column is known ahead as its name tells, else from the row of its issue for the next', () => {
    const told = setShownRole(mapping, 3, 'service', dataset);
    expect(shownRoleOf(told, 3)).toBe('service');
    expect(told).toMatchObject({ knownAhead: [{ index: 3, row: 'valid', steps: 24 }], service: [3] });
    expect(told.inputs).toContain(3);
    const plain = setShownRole(mapping, 1, 'known-ahead', dataset);
    expect(plain.knownAhead).toEqual([{ index: 1, row: 'issue', steps: 1 }]);
    expect(plain.service).toBeUndefined();
    const later = setKnownAhead(plain, { index: 1, row: 'issue', steps: 6 });
    expect(knownAheadOf(later, 1)).toEqual({ index: 1, row: 'issue', steps: 6 });
  });

  it('and none once it is an input or left out; of another target no service is named', () => {
    const told = setShownRole(mapping, 3, 'service', dataset);
    for (const role of ['feature', 'ignore'] as const) {
      const back = setShownRole(told, 3, role, dataset);
      expect(back).not.toHaveProperty('knownAhead');
      expect(back).not.toHaveProperty('service');
      expect(shownRoleOf(back, 3)).toBe(role);
    }
    const other = setShownRole(told, 1, 'target', dataset);
    expect(shownRoleOf(other, 3)).toBe('known-ahead');
  });

  it('a column that tells stations apart is no input', () => {
    const stations = setShownRole(mapping, 3, 'station', dataset);
    expect(stations).toMatchObject({ station: 3, gapLimit: 3 });
    expect(stations.inputs).not.toContain(3);
    expect(setShownRole(stations, 3, 'feature', dataset)).not.toHaveProperty('station');
  });
});

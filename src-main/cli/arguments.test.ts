import { describe, expect, it } from 'vitest';
import { presetSettings } from '../contract/settings';
import {
  parseArguments,
  parseDevice,
  parseGaps,
  parseInstant,
  parseJobs,
  parseLanguage,
  parsePeriod,
  parseQuestion,
  requireOperands,
  UsageError,
} from './arguments';
import { parseAxis, parseSun } from './axis-arguments';
import { formatInstant } from '../series';
import { parseSettings } from './setting-options';
import { formatTable } from './terminal';
import { trainCommand } from './train-command';

const parse = (...args: string[]) => parseArguments(args, trainCommand.options);

describe('arguments', () => {
  it('are operands and options in any order', () => {
    const args = parse('a.csv', '--target', '평균기온(°C)', '--gap', 'a=zero', '--gap=b=linear', '--json');
    expect(args.operands).toEqual(['a.csv']);
    expect(args.text('target')).toBe('평균기온(°C)');
    expect(args.all('gap')).toEqual(['a=zero', 'b=linear']);
    expect(args.has('json')).toBe(true);
    expect(args.text('out')).toBeUndefined();
  });

  it('that are unknown, lack a value or are too many are refused', () => {
    expect(() => parse('--bogus')).toThrow(UsageError);
    expect(() => parse('--target')).toThrow(UsageError);
    expect(() => requireOperands(parse('a', 'b'), ['FILE'])).toThrow(/“b”/);
    expect(() => requireOperands(parse(), ['FILE'])).toThrow(/FILE is missing/);
    expect(requireOperands(parse('a'), ['DIR', 'FILE'], 1)).toEqual(['a']);
  });
});

describe('settings', () => {
  it('are the recommended ones for the step of the data, unless a preset is named', () => {
    expect(parseSettings(parse(), 3600)).toEqual(presetSettings('recommended', 3600));
    expect(parseSettings(parse('--preset', 'tutorial'))).toEqual(presetSettings('tutorial'));
  });

  it('given one by one lie over the preset', () => {
    const args = parse(
      ...['--preset', 'tutorial', '--window', '12', '--lr', '1e-3', '--patience', '7', '--clip', '2'],
      ...[
        '--validation',
        '0.1',
        '--split',
        '0.7',
        '--batch',
        '64',
        '--init',
        'keras',
        '--calendar',
        'year,day',
      ],
    );
    expect(parseSettings(args)).toEqual({
      ...presetSettings('tutorial'),
      window: 12,
      learningRate: 0.001,
      patience: 7,
      clipNorm: 2,
      validationShare: 0.1,
      trainShare: 0.7,
      batchSize: 64,
      initialisation: 'keras',
      calendarYear: true,
      calendarDay: true,
    });
    const regular = [
      '--schedule',
      'cosine',
      '--warmup',
      '3',
      '--weight-decay',
      '0.01',
      '--input-dropout',
      '0.1',
      '--residual',
      'on',
    ];
    expect(parseSettings(parse(...regular))).toMatchObject({
      schedule: 'cosine',
      warmupEpochs: 3,
      weightDecay: 0.01,
      inputDropout: 0.1,
      residual: true,
    });
    expect(parseSettings(parse('--test-from', '2022-07-01', '--validation-from', '2022-01-01'))).toEqual({
      ...presetSettings('recommended'),
      testFrom: Date.UTC(2022, 6, 1),
      validationFrom: Date.UTC(2022, 0, 1),
    });
    expect(parseSettings(parse('--scaler', 'all', '--filled-windows', 'keep', '--loss', 'mae'))).toEqual({
      ...presetSettings('recommended'),
      scalerFit: 'all',
      filledWindows: 'keep',
      loss: 'mae',
    });
    expect(parseSettings(parse('--patience', 'off', '--clip', 'off'))).toMatchObject({
      patience: null,
      clipNorm: null,
    });
  });

  it('that do not fit say how', () => {
    for (const [option, value, reason] of [
      ['layers', '9', '--layers 9 is more than 4'],
      ['hidden', '2.5', '--hidden 2.5 is not a whole number'],
      ['lr', 'fast', '--lr is “fast”, not a number'],
    ] as const) {
      expect(() => parseSettings(parse(`--${option}`, value))).toThrow(reason);
    }
  });

  it('that make no sense are refused by the name of their option', () => {
    for (const [option, value] of [
      ['hidden', '0'],
      ['hidden', '2.5'],
      ['epochs', ''],
      ['lr', 'fast'],
      ['loss', 'rmse'],
      ['schedule', 'steps'],
      ['scaler', 'none'],
      ['window', 'off'],
      ['residual', 'yes'],
      ['weight-decay', '-1'],
      ['patience', 'on'],
      ['preset', 'best'],
    ] as const) {
      expect(() => parseSettings(parse(`--${option}`, value))).toThrow(`--${option}`);
    }
  });
});

describe('a value that is refused', () => {
  it.each([
    ['latitude', '95', /--latitude 95 is more than 90/],
    ['latitude', 'north', /--latitude north /],
    ['longitude', '-200', /--longitude -200 is less than -180/],
    ['utc-offset', 'x', /--utc-offset x /],
    ['gap', 'x', /--gap x: .*COLUMN=POLICY.*linear/],
    ['gap', 'a=cubic', /--gap a=cubic: .*linear/],
    ['from', 'yesterday', /--from: “yesterday” is not a date such as 2021-01-31/],
    ['to', '31.1.2021', /--to: “31.1.2021” is not a date such as/],
    ['test-from', 'soon', /--test-from: “soon” is not a date such as/],
    ['validation-from', 'soon', /--validation-from: “soon” is not a date such as/],
    ['epochs', '-3', /--epochs -3 is less than 1/],
    ['horizon', 'abc', /--horizon is “abc”, not a number/],
    ['residual', 'yes', /--residual yes /],
    ['loss', 'rmse', /--loss rmse /],
    ['strike', 'a', /--strike a: give it as COLUMN=FROM..TO/],
    ['strike', 'a=b..c', /--strike a=b..c: “b” is not a date such as/],
    ['keep', 'a=1..2', /--keep a=1..2: “1” is not a date such as/],
    ['step', '5', /--step 5: .*10min/],
    ['gap-limit', '-1', /--gap-limit -1: .*number of steps/],
    ['derive', 'x', /--derive x: choose from .*dew-point/],
    ['unit', 'x', /--unit x: .*COLUMN=UNIT/],
    ['jobs', '0', /--jobs is “0”, not a whole number from 1/],
    ['device', 'x', /--device is “x”, not one of .*auto/],
    ['question', 'x', /--question is “x”, not one of /],
    ['language', 'x', /--language is “x”, not one of en/],
  ])('is named with its option: --%s %s', (option, value, message) => {
    const place = { latitude: '37', longitude: '127' };
    const given = { ...(/^(lat|long|utc)/.test(option) ? place : {}), [option]: value };
    const config = Object.fromEntries(Object.keys(given).map((name) => [name, { value: 'V', help: '' }]));
    const args = parseArguments(
      Object.entries(given).map(([name, text]) => `--${name}=${text}`),
      config,
    );
    const read = () => {
      parseSettings(args);
      parseAxis(args);
      parseSun(args, null, 1);
      parsePeriod(args);
      parseGaps(args.all('gap'));
      parseJobs(args);
      parseDevice(args);
      parseQuestion(args);
      parseLanguage(args);
    };
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

describe('dates', () => {
  it('alone are a whole day', () => {
    expect(parseInstant('--from', '2021-01-31', 'first')).toBe(Date.UTC(2021, 0, 31));
    expect(parseInstant('--from', '2021-01-31', 'last')).toBe(Date.UTC(2021, 1, 1) - 1);
    expect(parseInstant('--from', '2021-01-31T06:30', 'last')).toBe(Date.UTC(2021, 0, 31, 6, 30));
    for (const text of ['2021-13-01', '31.1.2021', '', '2021-01-31T25:00']) {
      expect(() => parseInstant('--from', text, 'first')).toThrow(UsageError);
    }
  });

  it('are told as short as they can be', () => {
    expect(formatInstant(Date.UTC(2021, 0, 31))).toBe('2021-01-31');
    expect(formatInstant(Date.UTC(2021, 0, 31, 13))).toBe('2021-01-31T13:00');
    expect(formatInstant(Date.UTC(2021, 0, 31, 13, 0, 5))).toBe('2021-01-31T13:00:05');
  });
});

describe('gap policies', () => {
  it('belong to columns whose names may hold an equals sign', () => {
    expect(parseGaps(['일강수량(mm)=linear', 'a=b=leave-out'])).toEqual({
      '일강수량(mm)': 'linear',
      'a=b': 'leave-out',
    });
    for (const text of ['a', '=zero', 'a=cubic']) expect(() => parseGaps([text])).toThrow(UsageError);
  });
});

describe('tables', () => {
  it('stand straight with Hangul, too', () => {
    expect(
      formatTable([
        ['기온', '1'],
        ['a', '10'],
      ]),
    ).toEqual(['기온   1', 'a     10']);
  });
});

import type { SharedReport, SharedStation } from './shared-model';

const station = (name: string, shared: number, pValue: number): SharedStation => ({
  name,
  folder: `shared/${name}`,
  windows: 300,
  single: 2,
  shared,
  singleAlone: 2.4,
  sharedAlone: 2.1,
  singleShare: 0.2,
  sharedShare: 0.6,
  tunedEpochs: 3,
  pValue,
});

/** For tests: a shared model that helps at one station and hurts at another; a third has no part in it. */
export const FIXTURE_SHARED: SharedReport = {
  groups: [
    {
      target: 'temp',
      unit: '°C',
      stepSeconds: 86_400,
      window: 7,
      horizon: 7,
      inputs: ['temp'],
      traits: ['climatology'],
      trainWindows: 500,
      validationWindows: 100,
      epochs: 9,
      seconds: 12,
      stations: [station('brook', 1.8, 0.001), station('hill', 2.2, 0.02)],
      curveTrainings: 2,
      curve: [
        {
          name: 'brook',
          months: 1,
          learned: 20,
          windows: 300,
          persistence: 3,
          single: 2.9,
          untuned: 2.2,
          tuned: 2.15,
          shared: 2.1,
        },
      ],
    },
  ],
  left: [{ name: 'dale', why: 'alone' }],
};

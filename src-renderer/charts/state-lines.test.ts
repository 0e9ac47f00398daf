import { expect, it } from 'vitest';
import { stateLines } from './state-lines';
import { CHART_THEME as theme } from './theme.fixture';

it('draws a state over the windows, carried on and from zero, and tells both at the pointer', () => {
  const option = stateLines(
    {
      carried: Float64Array.of(0.5, 0.25, -0.5),
      fromZero: Float64Array.of(0.5, 0, -0.75),
      names: { carried: 'Carried on', fromZero: 'From <zero>' },
      axisNames: { window: 'Window', state: 'h' },
      windowName: (window) => `Window ${window}`,
      formatValue: String,
    },
    theme,
  );
  expect(option.xAxis).toMatchObject({ min: 1, max: 3 });
  expect(option.series).toMatchObject([
    {
      id: 'carried',
      data: [
        [1, 0.5],
        [2, 0.25],
        [3, -0.5],
      ],
    },
    {
      id: 'fromZero',
      data: [
        [1, 0.5],
        [2, 0],
        [3, -0.75],
      ],
    },
  ]);
  const { formatter } = option.tooltip as { formatter: (parameters: unknown) => string };
  expect(formatter([{ axisValue: 2.2 }])).toMatch(/Window 2.*Carried on.*0\.25.*From &lt;zero&gt;.*>0</);
  expect(formatter([{ axisValue: 9 }])).toBe('');
});

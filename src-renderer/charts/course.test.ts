import { describe, expect, it } from 'vitest';
import { READING_MARKS, type Course, type CoursePoints } from '../../src-main/contract/readings';
import { courseChart, markLook, readingsAt, type CourseInput } from './course';
import { CHART_THEME } from './theme.fixture';

const points = (...pairs: readonly (readonly [number, number])[]): CoursePoints => ({
  time: Float64Array.from(pairs, ([time]) => time),
  value: Float32Array.from(pairs, ([, value]) => value),
});
const none = points();
const marks = {
  'out-of-range': points([30, 850]),
  spike: points([20, 34]),
  stuck: none,
  repeated: none,
  filled: none,
  struck: points([30, 900]),
};
const course: Course = {
  line: points([0, 10], [10, 12], [20, 34], [40, NaN], [40, 11]),
  marks,
  range: [10, 34],
};
const input: CourseInput = {
  course,
  span: { from: 0, to: 50 },
  selection: { from: 15, to: 25 },
  axisName: 'T (°C)',
  name: '<T>',
  marks: {
    'out-of-range': 'Out',
    spike: 'Spike',
    stuck: 'Stuck',
    repeated: 'Twice',
    filled: 'Filled',
    struck: 'Struck',
  },
  formatValue: (value) => `${value} °C`,
  formatTime: (time) => `at ${time}`,
};

describe('the chart of a column', () => {
  it('has its unit, the span that is looked at, and a scale of the readings that count', () => {
    const option = courseChart(input, CHART_THEME) as { readonly [part: string]: unknown };
    expect(option['xAxis']).toMatchObject({ min: 0, max: 50 });
    expect(option['yAxis']).toMatchObject({ name: 'T (°C)', min: 10 - 1.2, max: 34 + 1.2 });
    const sets = option['dataset'] as readonly { id: string; source: Float64Array }[];
    // Beyond the scale is at its edge.
    expect([...sets.find(({ id }) => id === 'out-of-range')!.source]).toEqual([30, expect.closeTo(35.2, 5)]);
    const [line] = option['series'] as readonly { markArea: { data: unknown } }[];
    expect(line!.markArea.data).toEqual([[{ xAxis: 15 }, { xAxis: 25 }]]);
  });

  it('is empty until it is read', () => {
    expect(courseChart({ ...input, course: null }, CHART_THEME)).toMatchObject({ series: [], dataset: [] });
  });

  it('tells a reading under the pointer with its marks, and what the file says of it', () => {
    expect(readingsAt(course, 19)).toEqual([
      { mark: null, time: 20, value: 34 },
      { mark: 'spike', time: 20, value: 34 },
    ]);
    expect(readingsAt(course, 31).map(({ value }) => value)).toEqual([850, 900]);
    expect(readingsAt(course, 44)).toEqual([{ mark: null, time: 40, value: 11 }]);
    const { formatter } = courseChart(input, CHART_THEME).tooltip as {
      formatter: (given: unknown) => string;
    };
    const html = formatter([{ axisValue: 29 }]);
    expect(html).toContain('at 30');
    expect(html).toContain('850 °C');
    expect(formatter([{ axisValue: 9 }])).toContain('&lt;T&gt;');
  });

  it('tells its marks apart by shape and by colour', () => {
    for (const look of ['symbol', 'color'] as const) {
      const looks = READING_MARKS.map((mark) => markLook(mark, CHART_THEME)[look]);
      expect(new Set(looks).size).toBe(READING_MARKS.length);
    }
  });
});

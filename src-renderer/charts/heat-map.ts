import { baseOption, quietAxis, type ChartOption } from './option';
import type { ChartTheme } from './theme';
import { tooltipHtml } from './tooltip';

export interface HeatMapInput {
  /** [columns, rows], row-major. */
  readonly values: Float64Array;
  readonly columns: number;
  readonly rows: number;
  /** The values at the ends of the colours; where the lower is below zero, zero has the colour of the surface. */
  readonly range: readonly [low: number, high: number];
  /** The cell that stands out. */
  readonly chosen: { readonly column: number; readonly row: number };
  readonly columnName: (column: number) => string;
  readonly rowName: (row: number) => string;
  readonly formatValue: (value: number) => string;
}

/** From below zero over nothing to above zero. */
function coloursOf([low]: HeatMapInput['range'], theme: ChartTheme): string[] {
  return low < 0 ? [theme.validation, theme.surface, theme.predicted] : [theme.surface, theme.predicted];
}

/** A cell of colour for each step (from left to right) and unit (from top to bottom). */
export function heatMap(input: HeatMapInput, theme: ChartTheme): ChartOption {
  const { values, columns, rows, range, chosen } = input;
  const names = (count: number, name: (index: number) => string): string[] =>
    Array.from({ length: count }, (_, index) => name(index));
  const axis = (data: string[]) => ({
    ...quietAxis(theme, ''),
    type: 'category' as const,
    data,
    splitLine: { show: false },
    axisLine: { show: false },
  });
  const cells = Array.from(values, (value, index) => [Math.floor(index / rows), index % rows, value]);
  const frame = { borderColor: theme.ink, borderWidth: 2 };
  return {
    ...baseOption(theme),
    grid: { ...baseOption(theme).grid, top: 4, right: 4 },
    legend: { show: false },
    xAxis: axis(names(columns, input.columnName)),
    yAxis: { ...axis(names(rows, input.rowName)), inverse: true },
    visualMap: { show: false, min: range[0], max: range[1], inRange: { color: coloursOf(range, theme) } },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const { value, color } = Array.isArray(parameters) ? parameters[0]! : parameters;
        const [column = 0, row = 0, shown = NaN] = value as readonly number[];
        return tooltipHtml(input.columnName(column), [
          { name: input.rowName(row), color: String(color), value: input.formatValue(shown) },
        ]);
      },
    },
    series: [
      {
        id: 'cells',
        type: 'heatmap',
        // The chosen cell once more, above its neighbours: else they would cover its frame.
        data: [...cells, { value: cells[chosen.column * rows + chosen.row] ?? [], itemStyle: frame }],
        emphasis: { disabled: true },
      },
    ],
  };
}

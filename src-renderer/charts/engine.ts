import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { LabelLayout } from 'echarts/features';
import { init, use, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what our charts draw with: the rest of ECharts stays out of the bundle.
use([
  BarChart,
  HeatmapChart,
  LineChart,
  ScatterChart,
  DatasetComponent,
  DataZoomComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  LabelLayout,
  CanvasRenderer,
]);

export type ChartInstance = EChartsType;

export function startChart(
  element: HTMLElement,
  size: { readonly width?: number; readonly height?: number } = {},
): ChartInstance {
  return init(element, null, { renderer: 'canvas', ...size });
}

/**
 * Ends a chart. What it is drawing over several frames ends first: zrender 6.1 would otherwise go on in the next frame, and
 * fail on the canvases that are gone.
 */
export function endChart(chart: ChartInstance): void {
  const painter = chart.getZr();
  painter.clear();
  // Of nothing, which takes no time: the frames that were to come belong to an earlier drawing and do nothing.
  painter.refreshImmediately(true);
  chart.dispose();
}

import { t } from '../i18n/index.svelte';
import { takeTurn } from '../ui/turns';
import { endChart, startChart } from './engine';
import { lossCurves } from './loss-curves';
import type { ChartOption } from './option';
import { readChartTheme } from './theme';

/**
 * Draws a chart that is not shown. The first chart of all costs twice what the others do, since all the drawing's code is
 * compiled for it: here in pieces, in idle time, and not when the first epoch is to be shown.
 */
export function warmUpCharts(): void {
  takeTurn({}, () => {
    const chart = startChart(document.createElement('div'), { width: 400, height: 300 });
    const option = curvesOfTwoEpochs();
    for (const draw of [{ xAxis: option.xAxis, yAxis: option.yAxis, series: [] }, option]) {
      takeTurn({}, () => chart.setOption(draw));
    }
    takeTurn({}, () => endChart(chart));
  });
}

function curvesOfTwoEpochs(): ChartOption {
  const names = t().charts;
  return lossCurves(
    {
      history: [
        { epoch: 1, loss: 1, valLoss: 1 },
        { epoch: 2, loss: 0.5, valLoss: 0.6 },
      ],
      epochs: 2,
      markedEpoch: 2,
      logScale: false,
      text: { ...names, mark: names.best },
      formatEpoch: String,
    },
    readChartTheme(document.documentElement),
  );
}

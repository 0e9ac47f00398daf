import { endChart, startChart } from './engine';
import type { BuildChart } from './option';
import type { ChartTheme } from './theme';

/** Of a saved picture, in CSS pixels; it is drawn twice as fine. */
const WIDTH = 1200;
const HEIGHT = 675;

/** Draws a chart off the screen, always at one size, on the theme's background, and gives it as a PNG file. */
export async function drawPicture(build: BuildChart, theme: ChartTheme): Promise<Uint8Array<ArrayBuffer>> {
  const chart = startChart(document.createElement('div'), { width: WIDTH, height: HEIGHT });
  try {
    chart.setOption(build(theme));
    const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: theme.surface });
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('The picture could not be drawn.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    endChart(chart);
  }
}

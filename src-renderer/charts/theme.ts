import type { ForecastMethod } from '../../src-main/contract/results';

/** The colours and type of a chart: read from the tokens of app.css, so that a series looks the same everywhere. */
export interface ChartTheme {
  readonly surface: string;
  readonly ink: string;
  readonly inkMuted: string;
  readonly line: string;
  readonly accent: string;
  readonly observed: string;
  readonly predicted: string;
  readonly persistence: string;
  readonly dampedPersistence: string;
  readonly climatology: string;
  readonly seasonalNaive: string;
  readonly ridge: string;
  readonly service: string;
  readonly serviceCorrected: string;
  readonly validation: string;
  readonly font: string;
  readonly dark: boolean;
}

/** The colour of a method, and the dashes that tell two of one family apart without it. */
export function methodLine(method: ForecastMethod, theme: ChartTheme): MethodLine {
  const isOffshoot =
    method === 'dampedPersistence' || method === 'seasonalNaive' || method === 'serviceCorrected';
  return {
    color: method === 'model' ? theme.predicted : theme[method],
    type: isOffshoot ? [5, 3] : 'solid',
  };
}

interface MethodLine {
  readonly color: string;
  readonly type: 'solid' | number[];
}

export function readChartTheme(root: HTMLElement): ChartTheme {
  const style = getComputedStyle(root);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    surface: token('surface-raised'),
    ink: token('ink'),
    inkMuted: token('ink-muted'),
    line: token('line'),
    accent: token('accent'),
    observed: token('series-observed'),
    predicted: token('series-predicted'),
    persistence: token('series-persistence'),
    dampedPersistence: token('series-damped-persistence'),
    climatology: token('series-climatology'),
    seasonalNaive: token('series-seasonal-naive'),
    ridge: token('series-ridge'),
    service: token('series-service'),
    serviceCorrected: token('series-service'),
    validation: token('series-validation'),
    font: token('font'),
    dark: root.dataset.theme === 'dark',
  };
}

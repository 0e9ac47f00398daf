import type { ChartTheme } from './theme';

/** The light theme, for tests. */
export const CHART_THEME: ChartTheme = {
  surface: '#ffffff',
  ink: '#111111',
  inkMuted: '#555555',
  line: '#dddddd',
  accent: '#0a609f',
  observed: '#222222',
  predicted: '#0072b2',
  persistence: '#b37400',
  dampedPersistence: '#7a4a12',
  climatology: '#00865f',
  seasonalNaive: '#5d7300',
  ridge: '#b0508a',
  service: '#0f7a8a',
  serviceCorrected: '#0f7a8a',
  validation: '#d55e00',
  font: 'sans-serif',
  dark: false,
};

import { baseOption, quietAxis, type ChartOption } from './option';
import type { ChartTheme } from './theme';
import { tooltipHtml } from './tooltip';

const VERDICTS = ['beats', 'level', 'loses', 'failed'] as const;
export type MapVerdict = (typeof VERDICTS)[number];

export interface MapStation {
  readonly name: string;
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
  readonly verdict: MapVerdict;
  /** With its unit. */
  readonly rmse: string;
}

export interface StationMapInput {
  /** At least one. */
  readonly stations: readonly MapStation[];
  readonly text: {
    readonly verdicts: Readonly<Record<MapVerdict, string>>;
    readonly longitude: string;
    readonly latitude: string;
  };
}

/** In the legend a symbol cannot be turned, so this one is drawn. */
const TRIANGLE_DOWN = 'path://M0 0H10L5 10z';

interface Look {
  readonly symbol: string;
  readonly color: string;
  readonly itemStyle?: object;
}

/** Width over height of the picture. */
const ASPECT = 2;
/** Around the stations, as a share of what they span; and at least so many degrees in all. */
const ROOM = 0.12;
const LEAST_SPAN = 0.05;
/** With more stations their names would lie over each other. */
const MOST_NAMES = 40;

export interface MapRange {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** What a map shows: all stations with room around them, a degree of longitude as long as it is in the middle of the map. */
export function mapRange(places: readonly Pick<MapStation, 'latitude' | 'longitude'>[]): MapRange {
  const [south, north] = extremes(places.map(({ latitude }) => latitude));
  const [west, east] = extremes(places.map(({ longitude }) => longitude));
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  // At a pole a degree of longitude has no length.
  const shrink = Math.max(0.05, Math.cos((middle.latitude * Math.PI) / 180));
  const wanted = (span: number): number => Math.max(LEAST_SPAN, span * (1 + 2 * ROOM));
  const height = Math.max(wanted(north - south), (wanted(east - west) * shrink) / ASPECT);
  const width = (height * ASPECT) / shrink;
  return {
    west: middle.longitude - width / 2,
    east: middle.longitude + width / 2,
    south: middle.latitude - height / 2,
    north: middle.latitude + height / 2,
  };
}

function extremes(values: readonly number[]): readonly [number, number] {
  return [
    values.reduce((low, value) => Math.min(low, value), Infinity),
    values.reduce((high, value) => Math.max(high, value), -Infinity),
  ];
}

/** Stations on a plain grid of degrees, by their verdict in colour and shape: nothing is fetched for it. */
export function stationMap({ stations, text }: StationMapInput, theme: ChartTheme): ChartOption {
  const { west, east, south, north } = mapRange(stations);
  const degrees = (name: string, min: number, max: number) => ({
    ...quietAxis(theme, name),
    type: 'value' as const,
    min,
    max,
    nameLocation: 'middle' as const,
    axisLabel: {
      color: theme.inkMuted,
      hideOverlap: true,
      showMinLabel: false,
      showMaxLabel: false,
      formatter: (value: number) => `${Number(value.toFixed(3))}°`,
    },
  });
  const hollow = { color: 'transparent', borderColor: theme.inkMuted, borderWidth: 2 };
  const looks: Readonly<Record<MapVerdict, Look>> = {
    beats: { symbol: 'triangle', color: theme.climatology },
    level: { symbol: 'circle', color: theme.inkMuted },
    loses: { symbol: TRIANGLE_DOWN, color: theme.validation },
    failed: { symbol: 'circle', color: theme.inkMuted, itemStyle: hollow },
  };
  const present = VERDICTS.filter((verdict) => stations.some((each) => each.verdict === verdict));
  return {
    ...baseOption(theme),
    legend: {
      ...baseOption(theme).legend,
      itemWidth: 11,
      itemHeight: 11,
      data: present.map((verdict) => ({ name: text.verdicts[verdict], icon: looks[verdict].symbol })),
    },
    xAxis: { ...degrees(text.longitude, west, east), nameGap: 28 },
    yAxis: { ...degrees(text.latitude, south, north), nameGap: 44 },
    tooltip: {
      ...baseOption(theme).tooltip,
      trigger: 'item',
      formatter: (parameters) => {
        const { seriesIndex = 0, dataIndex } = Array.isArray(parameters) ? parameters[0]! : parameters;
        const verdict = present[seriesIndex]!;
        const station = stations.filter((each) => each.verdict === verdict)[dataIndex];
        if (station === undefined) return '';
        return tooltipHtml(station.name, [
          { name: text.verdicts[verdict], color: looks[verdict].color, value: station.rmse },
        ]);
      },
    },
    series: present.map((verdict) => {
      const own = stations.filter((each) => each.verdict === verdict);
      return {
        id: verdict,
        name: text.verdicts[verdict],
        type: 'scatter' as const,
        ...looks[verdict],
        symbolSize: 11,
        data: own.map(({ name, longitude, latitude }) => ({ name, value: [longitude, latitude] })),
        label: {
          show: stations.length <= MOST_NAMES,
          position: 'right' as const,
          formatter: '{b}',
          color: theme.ink,
          fontSize: 12,
        },
        labelLayout: { hideOverlap: true },
      };
    }),
  };
}

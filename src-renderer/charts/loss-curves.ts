import type { EpochRecord } from '../../src-main/contract/training';
import { baseOption, INSIDE_ZOOM, quietAxis, type ChartOption } from './option';
import type { ChartTheme } from './theme';
import { nearestIndex, pointerValue, tooltipHtml, type TooltipRow } from './tooltip';

export interface LossCurvesText {
  readonly training: string;
  /** 'Validation', or what stands in for it. */
  readonly validation: string;
  readonly epoch: string;
  readonly loss: string;
  readonly epochNumber: (epoch: string) => string;
  /** What the mark says: 'Best: epoch 43'. */
  readonly mark: (epoch: string) => string;
}

export interface LossCurvesInput {
  /** In order of epochs. Losses in scaled units. */
  readonly history: readonly EpochRecord[];
  /** Validation losses of each network, drawn lightly behind, where `history` is the mean of several. */
  readonly memberHistories?: readonly (readonly EpochRecord[])[];
  /** The last epoch on the axis before it is reached, so that the axis does not jump. */
  readonly epochs: number;
  /** null or 0: no mark. */
  readonly markedEpoch: number | null;
  readonly logScale: boolean;
  readonly text: LossCurvesText;
  readonly formatEpoch: (epoch: number) => string;
}

/** Four significant digits: losses run from 1 to 1e-5. */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  return Math.abs(loss) < 1e-4 && loss !== 0 ? loss.toExponential(2) : loss.toPrecision(3);
}

const LOSS_COLUMNS = ['epoch', 'training', 'validation'];
const memberId = (member: number): string => `member ${member + 1}`;

/** Training and validation loss by epoch, with the epoch marked whose weights are the best so far, or were kept. */
export function lossCurves(input: LossCurvesInput, theme: ChartTheme): ChartOption {
  const { history, text, memberHistories = [] } = input;
  const { epochs, table } = lossTable(history, input.logScale);
  const markedIndex = input.markedEpoch ? nearestIndex(epochs, input.markedEpoch) : -1;
  const marked = history[markedIndex];
  const labelIsLeft = marked !== undefined && marked.epoch > input.epochs / 2;

  return {
    ...baseOption(theme),
    dataset: [
      { id: 'losses', dimensions: LOSS_COLUMNS, source: table },
      ...memberHistories.map((each, member) => ({
        id: memberId(member),
        dimensions: LOSS_COLUMNS,
        source: lossTable(each, input.logScale).table,
      })),
    ],
    xAxis: {
      ...quietAxis(theme, text.epoch),
      type: 'value',
      nameLocation: 'middle',
      nameGap: 28,
      min: Math.min(1, input.epochs),
      max: Math.max(2, input.epochs),
      minInterval: 1,
      splitLine: { show: false },
    },
    yAxis: {
      ...quietAxis(theme, text.loss),
      type: input.logScale ? 'log' : 'value',
      // From zero on a plain scale: a curve that looks flat is flat.
      min: input.logScale ? undefined : 0,
      axisLabel: { color: theme.inkMuted, formatter: (value: number) => formatAxisLoss(value) },
      nameTextStyle: { color: theme.inkMuted, align: 'left' },
    },
    dataZoom: [INSIDE_ZOOM],
    legend: {
      ...baseOption(theme).legend,
      top: 4,
      left: 'right',
      // The networks' own curves speak for themselves.
      data: [text.training, text.validation],
    },
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const record = history[nearestIndex(epochs, pointerValue(parameters))];
        if (record === undefined) return '';
        const rows: TooltipRow[] = [
          { name: text.training, color: theme.predicted, value: formatLoss(record.loss) },
          { name: text.validation, color: theme.validation, value: formatLoss(record.valLoss) },
        ];
        return tooltipHtml(text.epochNumber(input.formatEpoch(record.epoch)), rows);
      },
    },
    series: [
      ...memberHistories.map((_, member) => ({
        ...lossLine(memberId(member), memberId(member), 2, theme.validation),
        datasetId: memberId(member),
        silent: true,
        lineStyle: { width: 1, opacity: 0.35 },
      })),
      lossLine('training', text.training, 1, theme.predicted),
      {
        ...lossLine('validation', text.validation, 2, theme.validation),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: theme.inkMuted, type: 'dashed', width: 1 },
          label: {
            formatter: marked === undefined ? '' : text.mark(input.formatEpoch(marked.epoch)),
            color: theme.ink,
            position: 'insideEndTop',
            rotate: 0,
            align: labelIsLeft ? 'right' : 'left',
            distance: [labelIsLeft ? 6 : -6, -16],
          },
          data: marked === undefined ? [] : [{ xAxis: marked.epoch }],
        },
      },
    ],
  };
}

/** Epochs, and the table [epoch, loss, valLoss] of them. A logarithm has no place for a loss of zero: it is left out there. */
function lossTable(
  history: readonly EpochRecord[],
  logScale: boolean,
): { readonly epochs: Float64Array; readonly table: Float64Array } {
  const epochs = new Float64Array(history.length);
  const table = new Float64Array(3 * history.length);
  const drawable = (loss: number): number => (logScale && loss <= 0 ? Number.NaN : loss);
  for (let i = 0; i < history.length; i++) {
    const record = history[i] as EpochRecord;
    epochs[i] = record.epoch;
    table[3 * i] = record.epoch;
    table[3 * i + 1] = drawable(record.loss);
    table[3 * i + 2] = drawable(record.valLoss);
  }
  return { epochs, table };
}

function formatAxisLoss(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(3)));
}

function lossLine(id: string, name: string, column: number, color: string) {
  return {
    id,
    name,
    type: 'line' as const,
    datasetId: 'losses',
    encode: { x: 0, y: column },
    showSymbol: false,
    sampling: 'lttb' as const,
    color,
    lineStyle: { width: 2 },
    emphasis: { disabled: true },
  };
}

export interface OverlaidRun {
  readonly id: string;
  readonly name: string;
  readonly history: readonly EpochRecord[];
}

/** Validation losses of several runs over each other. */
export function overlaidCurves(
  input: {
    readonly runs: readonly OverlaidRun[];
    readonly logScale: boolean;
    readonly text: Pick<LossCurvesText, 'epoch' | 'loss' | 'epochNumber'>;
    readonly formatEpoch: (epoch: number) => string;
  },
  theme: ChartTheme,
): ChartOption {
  const { runs, text } = input;
  const colors = [
    theme.validation,
    theme.predicted,
    theme.persistence,
    theme.climatology,
    theme.ridge,
    theme.observed,
  ];
  const colorOf = (index: number): string => colors[index % colors.length] as string;
  const lastEpoch = Math.max(2, ...runs.map(({ history }) => history.at(-1)?.epoch ?? 0));
  const empty: LossCurvesInput = {
    history: [],
    epochs: lastEpoch,
    markedEpoch: null,
    logScale: input.logScale,
    formatEpoch: input.formatEpoch,
    text: { ...text, training: '', validation: '', mark: () => '' },
  };
  const frame = lossCurves(empty, theme);
  return {
    ...frame,
    dataset: runs.map(({ id, history }) => ({
      id,
      dimensions: ['epoch', 'training', 'validation'],
      source: lossTable(history, input.logScale).table,
    })),
    tooltip: {
      ...baseOption(theme).tooltip,
      formatter: (parameters) => {
        const epoch = Math.round(pointerValue(parameters));
        const rows = runs.flatMap(({ name, history }, index) => {
          const record = history.find((candidate) => candidate.epoch === epoch);
          return record === undefined
            ? []
            : [{ name, color: colorOf(index), value: formatLoss(record.valLoss) }];
        });
        return rows.length === 0 ? '' : tooltipHtml(text.epochNumber(input.formatEpoch(epoch)), rows);
      },
    },
    legend: { ...baseOption(theme).legend, type: 'scroll', left: 140, right: 4 },
    series: runs.map(({ id, name }, index) => ({
      ...lossLine(id, name, 2, colorOf(index)),
      datasetId: id,
      // Colours come round again after six runs; the dash then tells them apart.
      lineStyle: { width: 2, type: index < colors.length ? ('solid' as const) : ('dashed' as const) },
    })),
  };
}

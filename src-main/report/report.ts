import { describeVerdict } from '../contract/verdict';
import { escapeXml, forecastToSvg } from '../forecaster';
import { formatInstant } from '../series';
import type { ReportContent } from './content';
import { hindcastToSvg } from './hindcast-svg';
import { style } from './style';
import { cell, forecastTable, scoreTable } from './tables';

/**
 * A run on one printable page: data, model, verdict, scores, what was forecast on the held-back part, and the forecast.
 * The page stands alone: no script, nothing fetched; every text from a file or a person is escaped.
 */
export function reportToHtml(content: ReportContent): string {
  const { name, verification, forecast, madeAt, versions } = content;
  const { targetName, verdict, time } = verification;
  const title = `${targetName}: how well it can be forecast`;
  const made = `${utc(madeAt)} UTC`;
  const programs = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
  const [from, to] = [time[0], time[time.length - 1]].map((moment) => formatInstant(moment ?? 0));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header><h1>${escapeXml(title)}</h1><p>${escapeXml(name)} · a report by Hindcast, ${made}</p></header>
<p class="verdict ${verdict.kind}">${escapeXml(describeVerdict(verdict))}</p>
<div class="pair">
<section><h2>Data</h2>${facts(dataFacts(content))}</section>
<section><h2>Model</h2>${facts(modelFacts(content))}</section>
</div>
<section><h2>Scores on the held-back part, ${from} to ${to}</h2>${scoreTable(verification)}
<p class="note">In brackets the 95 % interval, by drawing whole stretches of days again. Skill is the share of persistence’s squared error that is saved.</p></section>
<section><h2>Observed and forecast</h2>${hindcastToSvg(verification, { width: 720, height: 170 })}</section>
<div class="pair wide">
<section><h2>Forecast after the last reading, ${formatInstant(forecast.issuedAt)}</h2>${forecastToSvg(forecast, { width: 560, height: 260 })}</section>
<section><h2>Values</h2>${forecastTable(forecast)}</section>
</div>
<footer>The expected error is the RMSE on the held-back part at that lead time: what is usual, not a limit. ${escapeXml(programs.join(', '))}</footer>
</main>
</body>
</html>
`;
}

type Fact = readonly [name: string, value: string];

function facts(entries: readonly Fact[]): string {
  return `<table class="facts"><tbody>${entries
    .map(([name, value]) => `<tr>${cell(name, 'th', ' scope="row"')}${cell(value)}</tr>`)
    .join('')}</tbody></table>`;
}

function dataFacts({ sourceFile, data, windows, parts }: ReportContent): readonly Fact[] {
  const part = (key: 'train' | 'validation' | 'test'): string => {
    const dates = parts[key];
    return dates === null
      ? 'none'
      : `${windows[key]} windows, ${formatInstant(dates.from)} to ${formatInstant(dates.to)}`;
  };
  return [
    ['File', sourceFile],
    ['Readings', `${data.rows}, ${data.stepLabel}, ${formatInstant(data.from)} to ${formatInstant(data.to)}`],
    ['Target values filled', String(data.filled)],
    ['Training', part('train')],
    ['Validation', part('validation')],
    ['Test (held back)', part('test')],
  ];
}

function modelFacts(content: ReportContent): readonly Fact[] {
  const { settings, inputNames, parameterCount, epochs, keptEpoch, trainedAt } = content;
  const layers = settings.layers === 1 ? '1 layer' : `${settings.layers} layers`;
  return [
    ['Network', `LSTM, ${layers} of ${settings.hidden} units, ${parameterCount} parameters`],
    ['Looks back on', `${settings.window} readings`],
    ['Forecasts', settings.horizon === 1 ? '1 step ahead' : `${settings.horizon} steps ahead`],
    ['Inputs', inputNames.join(', ')],
    [
      'Training',
      `${epochs} epochs, weights of epoch ${keptEpoch}; learning rate ${settings.learningRate}, seed ${settings.seed}`,
    ],
    ['Trained', `${utc(trainedAt)} UTC`],
  ];
}

const utc = (time: number): string => new Date(time).toISOString().slice(0, 16).replace('T', ' ');

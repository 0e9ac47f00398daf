import { describeWeatherEvent, eventText } from '../contract/event-text';
import { isCalibrated, warningsOf, type EventReport, type WarningForecast } from '../contract/events';
import type { Forecast } from '../contract/results';
import { formatTable } from './terminal';

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(1)} %`);
const score = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(3));

const SOURCES = {
  distribution: 'the distribution of the forecast',
  logistic: 'a logistic regression of the event',
} as const;

/** How warnings of events did, below the scores. */
export function reportLines(reports: readonly EventReport[]): string[] {
  return reports.flatMap((report) => {
    const { event, unit, stepSeconds, fit, table, savings } = report;
    const calibrated = isCalibrated(fit) ? ', calibrated' : '';
    return [
      '',
      `Warnings of ${describeWeatherEvent(event, unit, stepSeconds)}:`,
      `it came in ${percent(report.baseRate)} of ${report.windows} windows; the probability is by ${SOURCES[fit.source]}${calibrated}`,
      ...formatTable([
        [`warned above ${percent(report.warnAbove)}`, 'it came', 'it did not'],
        ['warned', String(table.hits), String(table.falseAlarms)],
        ['not warned', String(table.misses), String(table.correctNegatives)],
      ]),
      `Detected ${percent(report.pod)}, false alarms ${percent(report.far)} of the warnings, CSI ${score(report.csi)}, ` +
        `ETS ${score(report.ets)}, HSS ${score(report.hss)}, bias ${score(report.bias)}, Peirce ${score(report.peirce)}, SEDI ${score(report.sedi)}`,
      `Brier score ${score(report.brier)}, of climatology ${score(report.climatologyBrier)}: a skill of ${percent(report.brierSkill)}; area under the ROC curve ${score(report.rocArea)}`,
      ...(savings === null
        ? []
        : [
            `Spent with the warnings ${money(savings.warned)}, always covering ${money(savings.always)}, ` +
              `never ${money(savings.never)}, with perfect warnings ${money(savings.perfect)}`,
          ]),
    ];
  });
}

const money = (amount: number): string => amount.toLocaleString('en', { maximumFractionDigits: 2 });

/** The same for programs; scores that are not defined are null. */
export function reportToJson(report: EventReport): object {
  const { event, stepSeconds, fit, parts, table, baseRate, brier, brierSkill, value, savings } = report;
  const { pod, far, csi, ets, hss, bias, peirce, sedi, rocArea, roc, reliability, costs } = report;
  const { windows, climatologyBrier, unit } = report;
  return {
    event: eventText(event, stepSeconds),
    ...event,
    unit,
    source: fit.source,
    calibrated: isCalibrated(fit),
    validationBrier: fit.validation,
    learned: fit.learned,
    windows,
    baseRate,
    brier,
    climatologyBrier,
    brierSkill,
    brierParts: parts,
    warnAbove: report.warnAbove,
    costs,
    ...table,
    pod,
    far,
    csi,
    ets,
    hss,
    bias,
    peirce,
    sedi,
    rocArea,
    roc,
    reliability,
    value,
    savings,
  };
}

/** What a forecast says of the events that are warned of. */
export function warningLines(forecast: Pick<Forecast, 'warnings'>): string[] {
  const out = warningsOf(forecast);
  const quiet = forecast.warnings.filter((each) => !out.includes(each));
  return [...out, ...quiet].map(({ event, unit, stepSeconds, probability, warnAbove, isOut, record }) => {
    const warned = record.hits + record.falseAlarms;
    return (
      `${isOut ? 'Warning' : 'No warning'}: ${describeWeatherEvent(event, unit, stepSeconds)}: ${percent(probability)}, ` +
      `warned above ${percent(warnAbove)}. On the held-back part ${record.hits} of ${warned} warnings came true, and ${record.misses} of ${record.hits + record.misses} events were missed`
    );
  });
}

/** The same for programs. */
export function warningToJson({ event, stepSeconds, ...warning }: WarningForecast): object {
  return { event: eventText(event, stepSeconds), ...event, ...warning };
}

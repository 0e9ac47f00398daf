import type { Traveller } from './format';

/**
 * How a Python example begins: it reads the newest whole window of series.csv into `window`, its times into `times`, and
 * defines what the calendar's inputs need. No text of the user's stands in the program: it reads them.
 * @param needs what pip installs
 */
export function pythonHead({ forecaster, parts }: Traveller, needs: string, imports: string): string[] {
  const { year, harmonics, day } = forecaster.calendar;
  const season = parts.intervals?.season ?? null;
  const yearly = Array.from({ length: year ? harmonics : 0 }, (_, index) => `year(t, ${index + 1})`);
  const turns = [...yearly, ...(day ? ['day(t)'] : [])];
  return [
    `# Prints the forecast that Hindcast shows. Needs: pip install ${needs}`,
    'import csv, json, math, os',
    'from datetime import datetime, timedelta',
    imports,
    '',
    'here = os.path.dirname(os.path.abspath(__file__))',
    'about = json.load(open(os.path.join(here, "forecaster.json"), encoding="utf-8"))',
    'rows = list(csv.reader(open(os.path.join(here, "series.csv"), encoding="utf-8", newline="")))[1:]',
    'columns, steps = [1 + index for index in about["series"]["inputs"]], about["window"]',
    'whole = lambda end: all(row[c] != "" for row in rows[end - steps : end] for c in columns)',
    'end = next(end for end in range(len(rows), steps - 1, -1) if whole(end))',
    'times = [datetime.fromisoformat(row[0]) for row in rows[end - steps : end]]',
    'readings = [[float(row[c]) for c in columns] for row in rows[end - steps : end]]',
    ...(turns.length > 0 || season !== null
      ? ['turn = lambda share: [math.sin(2 * math.pi * share), math.cos(2 * math.pi * share)]']
      : []),
    ...(year || season !== null
      ? ['year = lambda t, k=1: turn(k * ((t - datetime(t.year, 1, 1)) / timedelta(days=1)) / 365.2425)']
      : []),
    ...(day ? ['day = lambda t: turn((t - datetime(t.year, t.month, t.day)) / timedelta(days=1))'] : []),
    ...(turns.length > 0 ? [`calendar = [${turns.join(' + ')} for t in times]`] : []),
  ];
}

/** Lines that put the times that are forecast into `ahead`. */
export function pythonAhead({ forecaster }: Traveller): string[] {
  const { label, seconds } = forecaster.step;
  if (label !== 'monthly') {
    return [
      `ahead = [times[-1] + timedelta(seconds=${seconds}) * lead for lead in range(1, about["horizon"] + 1)]`,
    ];
  }
  return [
    'from calendar import monthrange',
    'months = [divmod(times[-1].year * 12 + times[-1].month - 1 + lead, 12) for lead in range(1, about["horizon"] + 1)]',
    'ahead = [times[-1].replace(year=y, month=m + 1, day=min(times[-1].day, monthrange(y, m + 1)[1])) for y, m in months]',
  ];
}

/** How it ends, with the forecast in `forecast` and, where they are known, the intervals in `intervals`. */
export function pythonPrint(hasIntervals: boolean): string[] {
  if (!hasIntervals) {
    return [
      'for lead, value in enumerate(forecast, 1):',
      '    print(lead, f"{value:.2f}", about["target"]["unit"])',
    ];
  }
  return [
    'for lead, (value, ends) in enumerate(zip(forecast, intervals), 1):',
    '    print(lead, f"{value:.2f}", about["target"]["unit"], f"(95 %: {ends[4]:.2f} to {ends[5]:.2f})")',
  ];
}

export const program = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

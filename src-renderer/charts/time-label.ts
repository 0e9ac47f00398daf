/**
 * The label of a tick of a time axis, in UTC, the same in every language. `unit` is the largest unit that turns over at
 * the tick; `level` says how many finer units the ticks around it have, so that 1 March reads '2022-03' among months
 * and '2022-03-01' among days.
 */
export function timeLabel(time: number, unit: string, level: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return '';
  const [day = '', clock = ''] = date.toISOString().split('T');
  const [year, month] = [day.slice(0, -6), day.slice(0, -3)];
  switch (unit) {
    case 'year':
      return [year, month][level] ?? day;
    case 'month':
      return level === 0 ? month : day;
    case 'day':
      return day.slice(-5);
    case 'hour':
    case 'minute':
      return clock.slice(0, 5);
    default:
      return clock.slice(0, 8);
  }
}

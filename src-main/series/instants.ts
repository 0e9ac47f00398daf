/** An instant of the station's own clock (see `Series.time`), as short as possible: '2021-01-31', '2021-01-31T13:00'. */
export function formatInstant(instant: number): string {
  const text = new Date(instant).toISOString().slice(0, 19);
  return text.replace(/T00:00:00$/, '').replace(/:00$/, '');
}

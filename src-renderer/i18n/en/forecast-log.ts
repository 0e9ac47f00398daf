export const forecastLog = {
  title: 'Newer readings, and how the forecasts did',
  add: 'Add newer readings…',
  help: 'A file of the same station that goes on from the last reading, and where the model uses them, newer forecasts of the weather service chosen with it. The model is not trained again; it forecasts from the newest reading, and every forecast that was issued is compared with what was then read.',
  added: (rows: string, from: string, to: string) => `${rows} newer readings were added, ${from} to ${to}.`,
  setAside: (file: string) =>
    `The log of earlier forecasts was damaged. It is kept as ${file} in the run’s folder, and a new one was begun.`,
  none: (issued: string) =>
    `Issued so far: ${issued}. None has come due yet: add newer readings when there are some.`,
  scores: (points: string, rmse: string, persistence: string, bias: string) =>
    `Of the values forecast so far ${points} have come due: RMSE ${rmse}, persistence ${persistence}, bias ${bias}.`,
  within: (share: string) => `${share} of them lay within their 95 % interval.`,
  overService: (points: string, service: string, model: string) =>
    `Of ${points} values the weather service spoke too: its RMSE is ${service}, Hindcast’s ${model}.`,
  service: 'Weather service',
  table: 'Forecasts that came due, the newest first',
  date: 'Date',
  lead: 'Lead',
  issuedAt: 'From the reading of',
  forecast: 'Forecast',
  observed: 'Observed',
  error: 'Error',
};

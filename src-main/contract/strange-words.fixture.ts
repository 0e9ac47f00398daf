/** Names of programs, services, licences, units and forms of files, which Korean writes as they are. */
const ALIKE = [
  ...['AdamW', 'Keras', 'MSE', 'LSTM', 'PyTorch', 'RMSE', 'TensorFlow', 'CPU', 'GPU'],
  ...['BSD-3-Clause', 'English', 'Hindcast', 'NOAA', 'SQLite', 'vega-datasets', 'WeeWX'],
  ...['CSV', 'DAT', 'gz', 'JSON', 'PNG', 'TXT', 'XLSX', 'zip', 'UTF-8', 'YYYY-MM-DD'],
  ...['GB', 'KB', 'MB', 'mm'],
];

/** Words of a text that no Korean reader should meet. @param own names of files and columns, which stay as they are */
export function strangeWords(text: string, own: readonly string[] = []): string[] {
  const rest = [...own, ...ALIKE]
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, ' '), text);
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
}

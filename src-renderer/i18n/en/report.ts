export const report = {
  save: 'Save report…',
  saved: 'The report is saved:',
  showInFolder: 'Show in folder',
};

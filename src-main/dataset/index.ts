export { DatasetReader } from './dataset-reader';
export { forkReader } from './reader-process';
export { makeSeries } from './axis/make-series';
export { mappingByNames, type NamedColumns } from './axis/mapping';
export { readTable, sourceOfPath } from './read-table';
export { sampleSource } from './samples';
export { summarise } from './summary/summarise';
export type { SourceFile } from './bytes/source-file';

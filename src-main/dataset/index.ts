export { DatasetReader } from './dataset-reader';
export { makeSeries } from './make-series';
export { mappingByNames, type NamedColumns } from './mapping';
export { readTable, sourceOfPath } from './read-table';
export { sampleSource } from './samples';
export { pageOf, summarise } from './summarise';
export type { RawTable, ReadHooks, SourceFile } from './table';

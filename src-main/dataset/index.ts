export { DatasetReader } from './dataset-reader';
export { forkReader } from './reader-process';
export { makeSeries } from './axis/make-series';
export { columnOfQuantity } from './suggestion/column-of-quantity';
export { mappingByNames, type NamedColumns } from './axis/mapping';
export { readTable } from './read-table';
export { sampleSource } from './samples';
export { summarise } from './summary/summarise';
export { sourceOfPath, type SourceFile } from './bytes/source-file';

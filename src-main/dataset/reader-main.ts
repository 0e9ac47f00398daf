import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { ColumnMapping } from '../contract/dataset';
import { Problem, toProblem } from '../contract/problems';
import type { Series } from '../contract/series';
import { summarisePreparation } from '../series';
import { makeSeries } from './axis/make-series';
import type { ReaderReply, ReaderRequest, ReaderValue } from './protocol';
import { readTable } from './read-table';
import { pageOf, summarise } from './summary/summarise';
import type { RawTable } from './cells/table';

/** The worker: it holds the one table that is open, and the last good one stays open when another cannot be read. */
let open: { readonly datasetId: string; readonly table: RawTable } | null = null;
/** The series last made of it: the Model screen asks anew at each change of a setting. */
let made: { readonly key: string; readonly series: Series } | null = null;
let reading: AbortController | null = null;

function tableOf(datasetId: string): RawTable {
  if (open?.datasetId !== datasetId) throw new Problem('dataset-gone');
  return open.table;
}

function seriesOf(datasetId: string, mapping: ColumnMapping): Series {
  const table = tableOf(datasetId);
  const key = JSON.stringify([datasetId, mapping]);
  if (made?.key !== key) made = { key, series: makeSeries(table, mapping) };
  return made.series;
}

function reply(message: ReaderReply, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

async function openTable(request: Extract<ReaderRequest, { kind: 'open' }>): Promise<ReaderValue> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  try {
    const table = await readTable(
      request.sources,
      {
        signal: controller.signal,
        onProgress: (progress) => reply({ kind: 'progress', request: request.request, progress }),
      },
      request.options,
    );
    // A cancel that came with the last block is heard before the columns are counted.
    await nextTurn();
    if (controller.signal.aborted) throw new Problem('cancelled');
    const summary = summarise(table, request.datasetId);
    open = { datasetId: request.datasetId, table };
    made = null;
    return summary;
  } finally {
    if (reading === controller) reading = null;
  }
}

const buffersOf = (series: Series): ArrayBuffer[] =>
  [series.time, ...series.variables.flatMap(({ values, filled }) => [values, filled])].map(
    (array) => array.buffer as ArrayBuffer,
  );

async function answer(request: Exclude<ReaderRequest, { kind: 'cancel' }>): Promise<void> {
  switch (request.kind) {
    case 'open':
      return reply({ kind: 'done', request: request.request, value: await openTable(request) });
    case 'rows': {
      const value = pageOf(tableOf(request.datasetId), request.from, request.count);
      return reply({ kind: 'done', request: request.request, value });
    }
    case 'series': {
      const value = seriesOf(request.datasetId, request.mapping);
      // It goes to who asked, without a copy: the worker has it no more.
      made = null;
      return reply({ kind: 'done', request: request.request, value }, buffersOf(value));
    }
    case 'check': {
      const value = summarisePreparation(seriesOf(request.datasetId, request.mapping), request.settings);
      return reply({ kind: 'done', request: request.request, value });
    }
  }
}

parentPort?.on('message', (message: ReaderRequest) => {
  if (message.kind === 'cancel') {
    reading?.abort();
    return;
  }
  answer(message).catch((error: unknown) =>
    reply({ kind: 'failed', request: message.request, problem: toProblem(error).toData() }),
  );
});

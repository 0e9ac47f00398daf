import { parentPort, workerData } from 'node:worker_threads';
import { withinHorizon, type ColumnMapping, type DatasetSummary } from '../contract/dataset';
import { Problem, watchUnexpected } from '../contract/problems';
import type { Series } from '../contract/series';
import { beat, beatInto } from '../processes/heartbeat';
import { complain } from '../processes/parent-port';
import { answerTask, type TaskFunctions } from '../processes/task-server';
import type { TaskRequest } from '../processes/tasks';
import { requireService, summarisePreparation } from '../series';
import type { RawTable } from './cells/table';
import { archiveToCsv } from './forecasts/archive-csv';
import { MarkedColumns } from './course/marked-columns';
import { countMarks, drawCourse, findMark, listMarks } from './course/runs';
import type { ReaderReply, ReaderTasks, ReaderWork } from './protocol';
import { readTable } from './read-table';
import { frameOf, piecesOf } from './series-pieces';
import { seriesOfTable } from './series-of-table';
import { remediesFor } from './suggestion/remedies';
import { mappingWithForecasts } from './summary/forecast-notes';
import { answerFor, pageOf, summarise } from './summary/summarise';

/** The thread that reads, in a process of its own; it holds the one table that was opened. */
let table: RawTable | null = null;
let summary: DatasetSummary | null = null;
const marked = new MarkedColumns();
/** The series last made of it: the Model screen asks again at each change of a setting. */
let made: { readonly key: string; readonly series: Series } | null = null;

beatInto(workerData as SharedArrayBuffer);
watchUnexpected(complain);

function openTable(): RawTable {
  if (table === null) throw new Problem('dataset-gone');
  return table;
}

function seriesOf(mapping: ColumnMapping): Series {
  const key = JSON.stringify(mapping);
  if (made?.key !== key) made = { key, series: seriesOfTable(openTable(), mapping) };
  return made.series;
}

const tasks: TaskFunctions<ReaderTasks, ReaderWork> = {
  async open({ datasetId, sources, options }, tell) {
    const onProgress: Parameters<typeof readTable>[1]['onProgress'] = (progress) => {
      beat();
      tell({ kind: 'progress', progress });
    };
    // It cannot be withdrawn: a caller that no longer wants it ends the process.
    table = await readTable(sources, { signal: new AbortController().signal, onProgress }, options);
    summary = summarise(table, datasetId);
    return summary;
  },
  rows: ({ from, count }) => pageOf(openTable(), from, count),
  series({ mapping }, tell) {
    const series = seriesOf(mapping);
    for (const piece of piecesOf(series)) tell({ kind: 'piece', piece });
    return frameOf(series);
  },
  course: ({ reading, pixels, from, to }) =>
    drawCourse(marked.of(openTable(), reading), { from, to }, pixels),
  countMarks: ({ reading }) => countMarks(marked.of(openTable(), reading)),
  findMark: ({ reading, mark, near, direction }) =>
    findMark(marked.of(openTable(), reading), mark, near, direction),
  listMarks: ({ reading, mark }) => listMarks(marked.of(openTable(), reading), mark),
  answer({ question }) {
    if (summary === null) throw new Problem('dataset-gone');
    return answerFor(openTable(), summary, question);
  },
  forecasts({ mapping, horizon }) {
    if (summary === null) throw new Problem('dataset-gone');
    return mappingWithForecasts(openTable(), summary, mapping, horizon);
  },
  archive: () => archiveToCsv(openTable()),
  remedies: ({ mapping, settings }) =>
    remediesFor(openTable(), withinHorizon(mapping, settings.horizon), settings),
  check({ mapping, settings }) {
    const series = seriesOf(withinHorizon(mapping, settings.horizon));
    requireService(series, settings.horizon);
    return summarisePreparation(series, settings);
  },
};

/** Pieces of a series go over without another copy. */
const transferOf = (reply: ReaderReply): ArrayBuffer[] =>
  reply.kind === 'work' && reply.work.kind === 'piece' ? [reply.work.piece.values.buffer as ArrayBuffer] : [];

parentPort?.on('message', (request: TaskRequest<ReaderTasks>) => {
  void answerTask<ReaderTasks, ReaderWork>(tasks, request, (reply) =>
    parentPort?.postMessage(reply, transferOf(reply)),
  );
});

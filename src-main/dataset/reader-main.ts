import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { saidBy } from '../contract/phrases';
import { Problem } from '../contract/problems';
import { beatsOf, newHeart } from '../processes/heartbeat';
import { complain, connectToParent } from '../processes/parent-port';
import type { ReaderEnded, ReaderReply, ReaderRequest } from './protocol';
import { ReadingWatch, type ReadingLimits } from './reading-watch';

/**
 * The entry of a process that reads. The work is done in a thread of it, reader-worker.ts; this thread is free to see
 * that the work gets no more memory and time than it may have, and to end when its parent does.
 */

const LOOK_EVERY_MS = 100;

const port = connectToParent<ReaderRequest, ReaderReply | ReaderEnded>();
let send: (request: ReaderRequest) => void = () => undefined;

function begin(limits: ReadingLimits): void {
  const heart = newHeart();
  const worker = new Worker(join(__dirname, 'reader-worker.cjs'), {
    workerData: heart,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes },
  });
  const watch = new ReadingWatch(limits, LOOK_EVERY_MS / 1000);
  const pending = new Set<number>();
  let file = '';

  const end = (problem: Problem): void => {
    clearInterval(looking);
    void worker.terminate();
    port.post({ kind: 'ended', problem: problem.toData() });
  };
  const looking = setInterval(() => {
    if (pending.size === 0) return;
    const { user, system } = process.cpuUsage();
    const code = watch.look({
      beats: beatsOf(heart),
      cpuSeconds: (user + system) / 1e6,
      residentBytes: process.memoryUsage.rss(),
    });
    if (code !== null) end(new Problem(code, { file }));
  }, LOOK_EVERY_MS);

  worker.on('message', (reply: ReaderReply) => {
    if (reply.kind !== 'work') pending.delete(reply.id);
    port.post(reply);
  });
  worker.on('error', (error: Error & { readonly code?: string }) => {
    complain(error);
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    end(
      outOfMemory
        ? new Problem('reading-memory', { file })
        : new Problem('reader-died', { cause: saidBy(error) }),
    );
  });
  send = (request) => {
    if (request.kind === 'task') {
      if (request.task === 'open') file = request.ask.sources[0]?.fileName ?? '';
      if (pending.size === 0) watch.begin();
      pending.add(request.id);
    }
    worker.postMessage(request);
  };
}

port.listen((request) => {
  if (request.kind === 'limits') begin(request.limits);
  else send(request);
});

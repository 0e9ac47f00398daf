export { parseBrokerAddress, readBrokerAddress, type BrokerAddress } from './broker-address';
export type { Contents } from './contents';
export { likenessWith, workOn, type JobHooks, type JobKind, type Likeness } from './job-kinds';
export { JobSender, type JobSenderHooks } from './job-sender';
export { JobWorker, type WorkerNews, type WorkOf } from './job-worker';
export { PostgresServer } from './postgres-server';
export type { Member } from './presence';

export { createLog, type Log } from './log';
export { openLogFile } from './log-file';
export { logProcesses } from './log-processes';
export { setRunningMark } from './running-mark';

export { exportRun } from './export-run';

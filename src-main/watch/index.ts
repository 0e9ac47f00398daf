export { Station } from './station';
export { Watcher } from './watcher';

import type { Bridge } from '../src-main/contract/bridge';

declare global {
  interface Window {
    readonly hindcast: Bridge;
  }
}

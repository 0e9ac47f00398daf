import type { Importance } from '../../../src-main/contract/importance';
import type { RollingHindcast, RollingOptions } from '../../../src-main/contract/rolling';
import { RunWork } from './run-work.svelte';

/** What was calculated beyond the verification itself; kept while other screens are open. */
export const importanceWork = new RunWork<Importance>('measureImportance');
export const rollingWork = new RunWork<RollingHindcast>('rollHindcast');

/** How the next rolling hindcast is made; `every` null: not a number yet. */
export const rollingChoice = $state<{ every: number | null; restart: RollingOptions['restart'] }>({
  every: 30,
  restart: 'warm',
});

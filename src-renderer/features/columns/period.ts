const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The input that a date is chosen with: days for daily data and coarser, else minutes. */
export type DateInputKind = 'date' | 'datetime-local';

export function dateInputKind(stepSeconds: number | undefined): DateInputKind {
  return stepSeconds !== undefined && stepSeconds < 86_400 ? 'datetime-local' : 'date';
}

/** An instant (`Series.time`) as the value of such an input. */
export function toInputValue(ms: number, kind: DateInputKind): string {
  const iso = new Date(ms).toISOString();
  return kind === 'date' ? iso.slice(0, 10) : iso.slice(0, 16);
}

/** The instant that such an input means: its first for a start, its last for an end; null for an unfinished date. */
export function fromInputValue(value: string, kind: DateInputKind, edge: 'from' | 'to'): number | null {
  const start = Date.parse(kind === 'date' ? `${value}T00:00Z` : `${value}Z`);
  if (Number.isNaN(start)) return null;
  if (edge === 'from') return start;
  return start + (kind === 'date' ? DAY_MS : MINUTE_MS) - 1;
}

import { format } from 'echarts/core';

export interface TooltipRow {
  readonly name: string;
  readonly color: string;
  readonly value: string;
}

/**
 * A tooltip as HTML, dressed by app.css: the content security policy takes no style from markup. Names come from the user's
 * file: everything is escaped.
 */
export function tooltipHtml(title: string, rows: readonly TooltipRow[]): string {
  const lines = rows.map(
    ({ name, color, value }) =>
      `<tr><td><svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" rx="3" fill="${format.encodeHTML(color)}"/></svg>${format.encodeHTML(name)}</td>` +
      `<td class="tooltip-value">${format.encodeHTML(value)}</td></tr>`,
  );
  return `<div class="tooltip-title">${format.encodeHTML(title)}</div><table class="tooltip-rows">${lines.join('')}</table>`;
}

/** What ECharts hands a formatter of an axis tooltip: the value under the pointer, whatever the form. */
export function pointerValue(parameters: unknown): number {
  const first: unknown = Array.isArray(parameters) ? parameters[0] : parameters;
  const record = (first ?? {}) as { readonly axisValue?: unknown };
  return Number(record.axisValue);
}

/** Index of the value of an ascending list that is nearest to `wanted`; -1 for an empty list. */
export function nearestIndex(ascending: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = ascending.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  if (before >= 0 && wanted - (ascending[before] as number) <= (ascending[low] as number) - wanted)
    return before;
  return low;
}

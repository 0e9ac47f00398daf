import type { Span } from '../../../src-main/contract/readings';
import type { ZoomStep } from '../../charts/zoom';

/** A closer look than at so many steps shows nothing more. */
const LEAST_STEPS = 12;
/** A run of marked readings is shown with so much around it, on each side. */
const AROUND_RUN = 3;
const AROUND_STEPS = 48;

/** What can be looked at, and how closely. */
export interface Extent {
  readonly whole: Span;
  /** Of the file, in milliseconds. */
  readonly step: number;
}

const lengthOf = ({ from, to }: Span): number => to - from;

function within({ whole, step }: Extent, middle: number, wanted: number): Span {
  const length = Math.min(lengthOf(whole), Math.max(wanted, LEAST_STEPS * step));
  const from = Math.round(Math.min(whole.to - length, Math.max(whole.from, middle - length / 2)));
  return { from, to: Math.round(from + length) };
}

/** A span made longer or shorter by a factor; what lies at `at`, from 0 at its left to 1 at its right, stays there. */
export function zoomSpan(extent: Extent, span: Span, factor: number, at = 0.5): Span {
  const fixed = span.from + at * lengthOf(span);
  const { whole, step } = extent;
  const length = Math.min(lengthOf(whole), Math.max(lengthOf(span) * factor, LEAST_STEPS * step));
  return within(extent, fixed + (0.5 - at) * length, length);
}

/** A span moved by a share of its length, to later times where it is positive. */
export function moveSpan(extent: Extent, span: Span, share: number): Span {
  return within(extent, (span.from + span.to) / 2 + share * lengthOf(span), lengthOf(span));
}

/** The span after a press of a zoom button. */
export function stepSpan(extent: Extent, span: Span, step: ZoomStep): Span {
  switch (step) {
    case 'in':
      return zoomSpan(extent, span, 0.5);
    case 'out':
      return zoomSpan(extent, span, 2);
    case 'earlier':
      return moveSpan(extent, span, -0.5);
    case 'later':
      return moveSpan(extent, span, 0.5);
    case 'whole':
      return extent.whole;
  }
}

/** A span in which a run can be seen with what is around it: the one that is looked at, where it will do. */
export function spanAround(extent: Extent, span: Span, run: Span): Span {
  const wanted = lengthOf(run) * (1 + 2 * AROUND_RUN) + 2 * AROUND_STEPS * extent.step;
  const isInside = run.from >= span.from && run.to <= span.to;
  if (isInside && lengthOf(span) <= 2 * wanted) return span;
  return within(
    extent,
    (run.from + run.to) / 2,
    Math.min(wanted, Math.max(lengthOf(span), lengthOf(run) * 1.5)),
  );
}

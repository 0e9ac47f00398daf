/** The visible part of an axis, in per cent of the whole. */
export interface ZoomRange {
  readonly start: number;
  readonly end: number;
}

export type ZoomStep = 'in' | 'out' | 'earlier' | 'later' | 'whole';

const NARROWEST = 0.5;

/** The visible part after a press of a zoom button: halved or doubled about its middle, or moved by half its width. */
export function zoomBy({ start, end }: ZoomRange, step: ZoomStep): ZoomRange {
  const width = end - start;
  const placed = (middle: number, wanted: number): ZoomRange => {
    const next = Math.min(100, Math.max(NARROWEST, wanted));
    const from = Math.min(100 - next, Math.max(0, middle - next / 2));
    return { start: from, end: from + next };
  };
  const middle = (start + end) / 2;
  switch (step) {
    case 'in':
      return placed(middle, width / 2);
    case 'out':
      return placed(middle, width * 2);
    case 'earlier':
      return placed(middle - width / 2, width);
    case 'later':
      return placed(middle + width / 2, width);
    case 'whole':
      return { start: 0, end: 100 };
  }
}

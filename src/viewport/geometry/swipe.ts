/** Where the swipe divider stands: 0 at the view's left edge (all result), 1 at its right edge (all source). */

const KEY_STEP = 0.02;
const KEY_PAGE = 0.1;

export function clampPosition(position: number): number {
  return Number.isFinite(position) ? Math.min(1, Math.max(0, position)) : 0.5;
}

/** Divider position for a pointer at `x` CSS pixels in a view of `width`. */
export function positionAt(x: number, width: number): number {
  return width > 0 ? clampPosition(x / width) : 0.5;
}

/** CSS `clip-path` that leaves of the result only what lies right of the divider. */
export function resultClip(position: number): string {
  return `inset(0 0 0 ${(clampPosition(position) * 100).toFixed(3)}%)`;
}

/** The position after a key of the WAI-ARIA slider pattern; undefined for any other key. */
export function positionAfterKey(position: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clampPosition(position - KEY_STEP);
    case 'ArrowRight':
    case 'ArrowUp':
      return clampPosition(position + KEY_STEP);
    case 'PageDown':
      return clampPosition(position - KEY_PAGE);
    case 'PageUp':
      return clampPosition(position + KEY_PAGE);
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return undefined;
  }
}

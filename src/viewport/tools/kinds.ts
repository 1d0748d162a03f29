/** The tools of the viewport, and what kind each is: nowhere else is that said. */

const KINDS = {
  window: 'look',
  pan: 'look',
  zoom: 'look',
  place: 'place',
  brush: 'brush',
  eraser: 'brush',
  lasso: 'drawn',
  ellipse: 'drawn',
  box: 'drawn',
  polygon: 'corners',
} as const;

export type ViewportTool = keyof typeof KINDS;

/** As they stand in the table. */
export const VIEWPORT_TOOLS = Object.keys(KINDS) as readonly ViewportTool[];

/** Tools that have a cursor on the image, which arrow keys move. */
export function hasCursor(tool: ViewportTool): boolean {
  return KINDS[tool] !== 'look';
}

export function isBrush(tool: ViewportTool): boolean {
  return KINDS[tool] === 'brush';
}

/** Tools whose drag spans a shape. */
export function isShape(tool: ViewportTool): boolean {
  return KINDS[tool] === 'drawn';
}

/** Tools that fill what they go around: drawn in one go, or corner by corner. */
export function isOutline(tool: ViewportTool): boolean {
  return isShape(tool) || KINDS[tool] === 'corners';
}

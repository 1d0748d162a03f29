/** The picture itself: what screen readers hear of it, and what is written over it. */

import { message } from '../message';

export const role = message('radiograph viewer');
export const nothingOpen = message('No radiograph open');
/** {name} is a file; width and height in pixels. */
export const picture = message('{name}, {width} by {height} pixels');
export const keysMove = message(
  'Arrow keys pan; with a tool for masks they move the crosshair, finely with Control. Shift and arrow keys change the window. Plus and minus zoom, zero fits the image.',
);
export const keysPaint = message(
  'With brush and eraser hold Space and move to paint; Shift and Space draw a straight line from the last stroke. With lasso, ellipse and box Space begins a shape, and Space or Enter finishes it.',
);
export const keysPolygon = message(
  'With the polygon Space sets a corner, Enter closes it, Backspace removes its last corner. Escape cancels. Square brackets change the brush size. Alt turns painting into erasing.',
);

export const swipe = message('Swipe between source and counterfactual');
export const swipeAt = message('{share} source');
export const source = message('Source');
/** The source with what is asked drawn on it, before it is generated. */
export const drawnAhead = message('Preview');
export const counterfactual = message('Counterfactual');
/** Beside the name of a picture, in capitals. */
export const synthetic = message('synthetic');
/** One picture less another; the sign is a minus. */
export const differenceOf = message('{one} − {other}');
export const difference = message('Counterfactual − source');

export const darker = message('darker');
export const noChange = message('no change');
export const brighter = message('brighter');
export const ofWindow = message('of the window');
export const storedUnits = message('stored units');
export const legend = message(
  'Difference from {least} (darker, blue) to {most} (brighter, orange) of the window: {leastStored} to {mostStored} stored units',
);

export const brushRadius = message('Brush radius {radius}');
export const threeCorners = message('A polygon needs three corners');
export const corners = message('{count, plural, one {# corner} other {# corners}}');
export const shapeFinished = message('Shape finished');
export const shapeBegun = message('Shape begun. Arrow keys span it, Space finishes it.');
export const pixelAt = message('Column {column}, row {row}');
export const outside = message('Outside the image');

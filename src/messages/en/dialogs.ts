/** The palette of actions, the sheet of shortcuts, and what every dialog has. */

import { message } from '../message';

export const search = message('Search actions');
export const searchPlaceholder = message('What do you want to do?');
export const actions = message('Actions');
export const nothingMatches = message('Nothing that can be done now matches “{search}”.');
export const close = message('Close');
/** The part of a dialog that scrolls, for screen readers. */
export const contents = message('{title}, contents');

export const shortcuts = message('Keyboard shortcuts');
export const shortcutsAbout = message(
  'Single letters can be turned off where they get in the way of dictation or other software.',
);
export const singleKeys = message('Single keys');
/** Between two shortcuts of one action: "Ctrl+Y or Ctrl+Shift+Z". */
export const or = message('or');
export const movePicture = message('Move the picture or the crosshair');
export const arrows = message('Arrows');
export const windowLevel = message('Window and level');
export const shiftArrows = message('Shift + arrows');
export const paintAtCrosshair = message('Paint, or set a corner, at the crosshair');
export const space = message('Space');
export const closePolygon = message('Close the polygon');
export const enter = message('Enter');

/** Keys as printed on keyboards. */
export const escapeKey = message('Esc');
export const enterKey = message('Enter');
export const deleteKey = message('Del');
export const controlKey = message('Ctrl');
export const shiftKey = message('Shift');

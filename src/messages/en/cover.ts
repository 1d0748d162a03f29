/** The dialog in which parts of a film are covered in black. */

import { message } from '../message';

export const title = message('Cover parts in black');
export const about = message(
  'Draw a box over each text, name or face. A covered copy opens as a film of its own; {name} stays as it is.',
);
export const aboutBurnedIn = message(
  'The file says that text is burned into its pixels. Draw a box over each text, name or face. A covered copy opens as a film of its own; {name} stays as it is.',
);
export const picture = message('The film. Press and drag to draw a box');
export const box = message('Box {number}: {width} × {height} pixels at {x}, {y}');
export const keys = message('Arrow keys move a box, with Shift they resize it; Delete removes it.');
export const addBox = message('Add a box');
export const removeAll = message('Remove all');
export const larger = message('Enlarge');
export const smaller = message('Reduce');
export const nothingLeft = message('Nothing is burned in any more: I have looked at the whole film');
export const boxes = message('{count, plural, =0 {No box yet} one {# box} other {# boxes}}');
export const placed = message(
  '{count, plural, one {# box} other {# boxes}} where text seems to be: look, there may be more',
);
export const open = message('Open covered copy');
export const drawing = message('The picture is being prepared …');
/** {stem} and {ending} of the file's name; the ending has its dot, or is empty. */
export const coveredName = message('{stem} (covered){ending}');
export const opened = message('Covered copy opened; {name} is unchanged. Closing the copy undoes it');
export const notCovered = message('No covered copy was made; the boxes are still there');
export const covering = message('Covering parts of {name}');

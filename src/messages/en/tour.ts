/** The tour: five parts of the screen, each with what it is for. */

import { message } from '../message';

export const invitation = message('New here? Five steps on a synthetic radiograph, about a minute.');
export const take = message('Take the tour');
export const decline = message('No, thank you');
export const step = message('Step {step} of {steps}');
export const close = message('Close');
export const skip = message('Skip the tour');
export const back = message('Back');
export const done = message('Done');
export const next = message('Next');
export const closeTour = message('Close the tour');

export const sampleTitle = message('A radiograph of no patient');
export const sampleText = message('This sample was made by the studio’s own network. Your own files open the same way: drop them anywhere, or press Ctrl+O. They never leave this computer.');
export const sayTitle = message('Say what should be different');
/** What is in quotation marks is an example of the statement language, which is English: leave it as it is. */
export const sayText = message('Write it as in a report: “severe right lower zone opacity”. The diagram, the finding and the severity follow your words, and your words follow them.');
export const pointTitle = message('Or point at it');
export const pointText = message('Colours show the opacity that the reader sees in each zone. Press a zone to place the finding there, drag it to move it, or paint on the picture where the change may be.');
export const generateTitle = message('Generate');
export const generateText = message('The same anatomy comes back with that difference. Outside the area you allowed, every stored value stays as it was.');
export const compareTitle = message('Compare, and trust it only so far');
export const compareText = message('Swipe, blink, or look at the difference here. The receipt on the right says what a second reader makes of the result. Results are synthetic: for research, not for diagnosis.');

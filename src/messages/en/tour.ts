/** The tour: five parts of the screen, each with what it is for. */

import { message } from '../message';

export const invitation = message('New here? Five steps on a real film, about a minute.');
export const take = message('Take the tour');
export const decline = message('No, thank you');
export const step = message('Step {step} of {steps}');
export const close = message('Close');
export const skip = message('Skip the tour');
export const back = message('Back');
export const done = message('Done');
export const next = message('Next');
export const closeTour = message('Close the tour');

export const doIt = message('Do it for me');

export const sampleTitle = message('A film to begin with');
export const sampleTodo = message('Once the film is read, it goes on.');
export const sampleText = message(
  'This sample comes with the studio. Your own files open the same way: drop them anywhere, or press Ctrl+O. Opening them sends them nowhere.',
);
export const sayTodo = message('Write something that names a place.');
export const sayTitle = message('Say what should be different');
/** What is in quotation marks is an example of the statement language, which is English: leave it as it is. */
export const sayText = message(
  'Write it as in a report: “remove right lung opacity”. The diagram, the finding and the severity follow your words, and your words follow them.',
);
export const pointTodo = message('Choose a zone, or paint on the picture.');
export const pointTitle = message('Or point at it');
export const pointText = message(
  'Colours show the opacity that the reader sees in each zone. Press a zone to place the finding there, drag it to move it, or paint on the picture where the change may be.',
);
export const generateTodo = message('Press the button.');
export const generateRunning = message('It is being made.');
export const generateTitle = message('Generate');
export const generateText = message(
  'The same anatomy comes back with that difference. Outside the area you allowed, every stored value stays as it was.',
);
export const compareTitle = message('Compare, and trust it only so far');
export const compareText = message(
  'Swipe, blink, or look at the difference here. The verdict at the head of the panel says what a second reader makes of the result. Results are synthetic: for research, not for diagnosis.',
);

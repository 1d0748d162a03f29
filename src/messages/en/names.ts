/** What things are called that have no name of their own. */

import { message } from '../message';

export const product = message('Counterpart');
export const newProject = message('New project');
/** A project without a name of its own: its first radiograph, and how many more there are. */
export const andOthers = message('{name} and {count, plural, one {# more} other {# more}}');
/** In a sentence. */
export const theProject = message('The project');
export const projectCalled = message('The project “{title}”');
export const source = message('Source');
export const counterfactual = message('Counterfactual');

/** The place of notices on the screen, and the button that takes one away. */
export const messages = message('Messages');
export const dismiss = message('Dismiss');
export const requestAndReading = message('Request and reading');

/** In the title of the tab: {name} is a radiograph, {product} is Counterpart. */
export const tabTitle = message('{name} – {product}');
export const tabWorking = message('{status} · {title}');
export const tabQueue = message('{status} + {count} waiting · {title}');
export const paused = message('Paused');

/** What a new mask is called; a number follows: "Mask 3". */
export const mask = message('Mask');
export const numbered = message('{stem} {number}');
export const copyOf = message('{name} copy');

/** A new version of the studio. */

import { message } from '../message';

/** Two sentences; {what} is one of the next two. */
export const ready = message('A new version of the studio is ready. {what}');
export const whenDone = message('It can be loaded once the work under way is done.');
export const savedFirst = message('What is open is saved first and comes back as it is.');
export const reload = message('Reload');
export const later = message('Later');

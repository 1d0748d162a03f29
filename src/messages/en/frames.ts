/** The question which picture of a file of several is opened. */

import { message } from '../message';

export const which = message('Which frame of {name}?');
export const why = message(
  'The file holds {count} pictures, and one of them is opened. What is made of it names its number.',
);
export const frame = message('Frame {number}');
export const none = message('Open none');

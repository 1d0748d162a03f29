/** The panel beside the picture: what is asked, how the result is judged, what is read. */

import { message } from '../message';

export const tabs = message('Ask, verdict, reading');
export const ask = message('Ask');
export const verdict = message('Verdict');
export const reading = message('Reading');
export const noVerdict = message(
  'Once there is a result, its receipt stands here: whether it changed as asked, whether the rest stayed, and how it was made.',
);

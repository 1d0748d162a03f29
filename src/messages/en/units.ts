/** Units of measure. */

import { message } from '../message';

/** A share of a hundred; {value} is a number. */
export const percent = message('{value} %');
/** Less than the smallest share that is written out. */
export const lessPercent = message('< {value} %');
export const megabytes = message('{value} MB');
export const gigabytes = message('{value} GB');
export const seconds = message('{value} s');
export const milliseconds = message('{value} ms');
export const minutes = message('{minutes} min');
export const minutesSeconds = message('{minutes} min {seconds} s');
export const millimetres = message('{value, number} mm');
export const squareCentimetres = message('{value, number} cm²');
/** An amount that rests on an estimated scale. */
export const about = message('about {amount}');
/** Of a picture. */
export const pixels = message('{value, number} px');
/** From a former value to a present one. */
export const fromTo = message('{from} → {to}');

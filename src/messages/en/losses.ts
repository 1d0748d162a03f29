/** What of a project could not be kept when it was read or written; a sentence each. */

import { message } from '../message';

/** In the place of a name or a request that is not known. */
export const unnamed = message('unnamed');
export const radiograph = message('{radiograph} could not be read and was left out, with all that was made of it.');
/** {title} is the request in words. */
export const version = message('A result of {radiograph} (“{title}”) could not be read and was left out.');
export const candidates = message('The candidates of {radiograph} could not be read and were left out.');
export const mask = message('The mask “{name}” of {radiograph} could not be read and was left out.');
export const masks = message('The masks of {radiograph} could not be read and were left out.');
export const history = message('What could be undone in {radiograph} could not be read: it begins anew.');
export const request = message('What was asked of {radiograph} could not be read and was set back.');
export const reading = message('A probability read in a result of {radiograph} was no number and was left out.');
export const severity = message('A severity read in a result of {radiograph} was no number and counts as absent.');
export const measures = message('Part of the receipt of a result of {radiograph} could not be read and was left out.');
export const name = message('The name of a result of {radiograph} could not be read.');
export const link = message(
  'What says which DICOM image {radiograph} is could not be read: results of it cannot be sent to an archive.',
);
/** {label} is the request in words. */
export const job = message('An unfinished request (“{label}”) could not be read and was left out.');

/** What is known of a film, and what its file says. */

import { message } from '../message';

/** What the reader of the file had to say. */
export const notes = message('On opening');
export const noNotes = message('Nothing had to be mended, left out or guessed.');
export const stated = message('As the file has it');
export const unsaid = message('Not stated');
export const shown = message('Shown by');
/** In the film's own units. */
export const windowOf = message('Window {width}, centre {centre}');
export const bySigmoid = message('{window}, as a sigmoid');
export const byTable = message('The table of the file');
export const spacing = message('Pixel spacing');
export const spacingOf = message('{row} × {column} mm');
/** Letters of DICOM: where rows and columns lead. */
export const orientation = message('Rows / columns lead to');
export const laterality = message('Side');
export const losses = message('Compressed with loss');
export const noLosses = message('Nothing says so');
export const lossyBy = message('Yes {methods} {ratios}');
/** DICOM's Burned In Annotation. */
export const burnedIn = message('Text burned in, by the file');
export const writing = message('Text burned in, by a search');
export const searching = message('Being searched…');
export const notSearched = message('Could not be searched');
export const found = message(
  '{count, plural, =0 {None found; some may be missed} one {Seems to be at # place} other {Seems to be at # places}}',
);
export const origin = message('Origin');
export const synthetic = message('Synthetic: made by a network');
export const credit = message('Film by');

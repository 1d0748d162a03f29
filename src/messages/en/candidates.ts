/** Results that wait to be kept: under the picture. */

import { message } from '../message';

export const candidates = message('Candidates');
export const search = message('Explore');
export const sweep = message('Severity sweep');
export const sets = message('Sets of candidates');
export const saveAsPictures = message('Save as pictures');
export const pin = message('Pin');
export const pinnedStay = message('Pinned ones stay when the rest is discarded.');
export const besideNext = message('Beside the next candidate');
export const compareNext = message('Compare with the next');
export const discard = message('Discard');
export const keep = message('Keep');
export const stopAndDiscard = message('Stop, and discard these');
export const discardRest = message('Discard the rest');
export const keptStays = message('What is kept or pinned stays.');

/** A grade, 0 to 3. */
export const asked = message('Asked {grade}');
/** A grade as read, and its name: "1.8 moderate". */
export const gradeNamed = message('{grade} {name}');
export const bestFound = message('Best found');
export const seed = message('Seed {seed}');
/** Part of a list that describes a candidate to screen readers. */
export const receipt = message('receipt: {verdict}');
export const pinned = message('pinned');
export const compared = message('compared');

export const firstNoise = message('The first noise is being tried…');
export const noisesTried = message('{count} of {total} tried. Score from {from} to {to}.');
/** {tried} is the message above. */
export const scoreAgainstChange = message('Score against change. {tried}');
export const frontierAxes = message(
  'Up: shows more of what is asked, to the first reader. Right: changes more ({from} to {to} of the grey range).',
);

export const sweepFalls = message('Not in order: it is read as less at {to} than at {from}.');
export const sweepSame = message('The second reader sees no difference between the grades (from {from} to {to}).');
export const sweepRises = message('In order: the more is asked, the more is read, from {from} to {to}.');

/** On the picture that holds all grades. */
export const sheetTitle = message('{name}: {request}, at {count} grades');
export const readGrade = message('Read {grade}, {name}');
export const synthetic = message(
  'Synthetic counterfactual radiographs made with Counterpart. Research use only. Not a medical device.',
);

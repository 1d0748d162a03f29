/** Images, versions and samples: the left side. */

import { message } from '../message';

export const panel = message('Images and samples');
export const images = message('Images');
export const samples = message('Samples');
/** The two kinds of sample: a film of a patient, and a picture that a network made. */
export const real = message('Real');
export const synthetic = message('Synthetic');
/** {credits} are names of those who took the films, each with its licence. */
export const credits = message('Real films: {credits}. What the studio makes from them is synthetic.');
export const showSamples = message('Show the samples');
export const hideSamples = message('Hide the samples');
export const open = message('Open');
export const openHint = message('Open radiographs');
export const tree = message('Images and versions');
export const listing = message('Samples are being listed');
export const noSamples = message(
  'This installation comes without samples. Open a chest radiograph of your own to begin.',
);

export const beingRead = message('Being read…');
export const couldNotRead = message('Could not be read');
export const source = message('Source');
export const sourceVersions = message('Source, {count, plural, one {# version} other {# versions}}');
export const editsStart = message('Edits start from this');
export const seedTime = message('Seed {seed} · {time}');
/** A line of the tree for screen readers. */
export const row = message('{title}, {detail}');
export const rowPinned = message('{title}, {detail}, pinned');
export const nameOf = message('Name of {title}');
export const whatCanBeDone = message('What can be done with {title}');

export const details = message('Film details…');
export const close = message('Close radiograph');
export const edit = message('Edit this result');
export const editDetail = message('The next change starts from it');
export const rename = message('Rename');
export const pin = message('Pin');
export const unpin = message('Unpin');
export const save = message('Save as PNG');
export const remove = message('Delete');
/** The Delete key, as printed on keyboards. */
export const deleteKey = message('Del');

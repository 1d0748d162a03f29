/** What the readers see, and what changed. */

import { message } from '../message';

export const seen = message('What the reader sees');
export const changed = message('What changed');
export const source = message('Source');
export const secondReader = message('Second reader: before → after');
export const whenOpen = message('Probabilities of the findings appear once a radiograph is open.');
export const notShown = message(
  'Not shown: this does not look like a frontal chest radiograph, and the readers know nothing else.',
);
export const legend = message('Calibrated probability. Tick: threshold. Framed: called.');

/** For screen readers; "called" means that the reader says the finding is there. */
export const notReadable = message('not readable here');
export const saidNotReadable = message('{finding}: not readable here');
export const said = message('{finding}: {share} percent');
export const saidCalled = message('{finding}: {share} percent, called');
export const saidNotCalled = message('{finding}: {share} percent, not called');
export const changedSaid = message('{finding}: from {from} to {to} percent');
export const changedCalled = message('{finding}: from {from} to {to} percent, called');
export const changedNotCalled = message('{finding}: from {from} to {to} percent, not called');

export const zones = message('Opacity by zone');
export const zonesTitle = message('Opacity by zone, 0 to 3');
export const noZone = message('No zone changed noticeably.');
export const othersStayed = message(
  '{count, plural, one {The other zone} other {The other # zones}} stayed as before.',
);
/** Grades of severity: "mild", "severe". */
export const still = message('still {grade}');
export const between = message('about as before, between {from} and {to}');
export const now = message('{from}, now {to}');
/** Of a zone that the reader grades differently although nothing was changed in it. */
export const readersDoing = message('no pixel changed: the reader’s doing');
export const more = message('{grade}, a little more');
export const less = message('{grade}, a little less');

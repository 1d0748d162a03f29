/** Why something cannot be done now. */

import { message } from '../message';

export const openFirst = message('Open a radiograph first.');
export const networksLoading = message('The networks are still loading.');
export const networksMissing = message('The networks are not available.');
export const networksNotReady = message('The networks are not ready.');
export const notRead = message('This radiograph could not be read.');
export const pixelsComing = message(
  'The picture that this edit starts from is not there: its pixels are read from storage.',
);
export const beingRead = message('The radiograph is being read.');
export const confirmFrontal = message('Confirm that this is a frontal chest radiograph.');
export const noOpacityRead = message('The reader sees no opacity in any zone: there is nothing to take away.');
export const onlyOpacity = message('Only opacity and what looks like it is graded.');
export const chooseZone = message('Choose a zone, or paint where the change should be.');
/** {finding} is one of several that are asked. */
export const chooseZoneFor = message('Choose a zone for {finding}, or leave it out.');
export const nothingInterrupted = message('Nothing was interrupted.');
export const generating = message('A counterfactual is being made.');
export const generatingFromIt = message('A counterfactual is being made from it.');
export const generatingOfIt = message('A counterfactual of it is being made.');
export const choosePatients = message('Choose at least one patient and one donor.');
export const cellsRunning = message('The cells are being made.');
export const cellFailed = message('A cell failed: it can be tried again from the queue.');
export const cellsMissing = message('{count, plural, one {# cell is} other {# cells are}} not made yet.');
export const nothingMade = message('There is nothing to change in any cell.');
export const cellsDone = message('Every cell is made.');
/** {name} is a file; {share} a percentage. */
export const notFrontal = message(
  '{name} does not look like a frontal chest radiograph: the anatomist gives that {share}.',
);
/** A warning. The studio turns no film over. */
export const mirrored = message(
  'This film may be mirrored, or the heart lies on the right: check the side marker. If it is mirrored, turn it over in the program it comes from and open it again: “left” and “right” are else exchanged in readings and requests.',
);
/** {finding} begins with a small letter. */
export const lessAlready = message('The reader sees less {finding} than that already: it would become more.');
/** Of what is painted already. */
export const askRemoval = message('Ask for it to be removed, or paint where more of it is.');
export const paintOrRemove = message('Paint where it is, or ask for it to be removed.');
/** {finding} begins with a small letter. */
export const notLocated = message(
  'No {finding} was located in the chosen zones. Paint it on the picture, then erase it.',
);

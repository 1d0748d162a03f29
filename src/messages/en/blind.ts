/** Blind reading: real and made films, judged from the picture alone. */

import { message } from '../message';

export const title = message('Blind reading');
export const about = message(
  'Shows films in a shuffled order, one by one or in pairs, and asks which are real. From the answers it tells how well made films can be told from real ones. Films stay on this computer.',
);
export const back = message('To the studio');
export const howTo = message(
  'Choose a folder that holds a folder “real” and at least one other, such as “made”; folders within them name a finding: real/effusion/…, made/effusion/….',
);
export const choose = message('Choose a folder');
export const found = message(
  '{real, plural, one {# real film} other {# real films}} and {made, plural, one {# made film} other {# made films}}.',
);
export const nothingFound = message(
  'There are no films of both kinds in that folder. It needs a folder “real” and at least one other, with DICOM, PNG or JPEG files in them.',
);
export const mode = message('How they are shown');
export const inPairs = message('In pairs');
export const inPairsAbout = message('A real and a made film of the same finding side by side: which one is made?');
export const oneByOne = message('One by one');
export const oneByOneAbout = message('Every film alone: is it real?');
export const seed = message('Order (seed)');
export const start = message('Start');
export const again = message('Read again');
export const save = message('Save the table');
export const position = message('{number} of {total}');
export const isItReal = message('Is this film real?');
export const whichIsMade = message('Which of the two is made?');
export const realSure = message('Real, sure');
export const realUnsure = message('Real, unsure');
export const madeUnsure = message('Made, unsure');
export const madeSure = message('Made, sure');
export const leftSure = message('Left, sure');
export const leftUnsure = message('Left, unsure');
export const rightUnsure = message('Right, unsure');
export const rightSure = message('Right, sure');
export const keys = message('Keys 1 to 4 answer, Backspace goes back to the film before.');
export const tell = message('What gave it away (optional)');
export const stepBack = message('Back');
export const film = message('Film {number}');
export const leftFilm = message('Left film');
export const rightFilm = message('Right film');
export const cannotShow = message('This film cannot be shown: {reason}');
export const result = message('What could be told');
export const allFilms = message('All');
export const finding = message('Finding');
export const answered = message('Answered');
export const correct = message('Right');
export const accuracy = message('Accuracy');
export const auc = message('AUC');
export const withInterval = message('{value} ({low}–{high})');
export const oneHalf = message(
  'One half means that made films cannot be told from real ones. Intervals are of 95 %: Wilson for accuracy, Hanley and McNeil for the AUC.',
);

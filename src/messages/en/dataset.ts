/** A data set opened from its tables: what is wrong with them, counts, and a plan. */

import { message } from '../message';

/** Each of these comes after a number and before the names of a few. */
export const rowWithoutFile = message('rows that name no film');
export const rowRagged = message('rows with more cells than columns, left out');
export const duplicateRow = message('rows that say once more what was said');
export const contradictingRows = message(
  'rows that contradict an earlier one about the same film; the earlier one holds',
);
export const twoPatients = message('films that two patients are named for; the first holds');
export const patientInTwoSplits = message(
  'patients in more than one part of the split: what is learnt would be tested on itself',
);
export const splitMissing = message('films without a part of the split');
export const labelUnreadable = message('labels that are none of 1, 0, -1 and blank, taken for blank');
export const classMisspelt = message('class names that may be misspelt, each counted as a class of its own');
/** A name in a table, and the class that may be meant. */
export const didYouMean = message('“{name}”: did you mean “{meant}”?');
export const viewLeftOut = message('films that are not frontal, left out');
export const studyWithoutFilm = message('labelled studies without a film');
export const filmWithoutLabels = message('films without labels');
export const filmWithoutFile = message('films of the table without a file in the folder');
export const fileWithoutRow = message('files in the folder that the table does not name');
export const fileTwice = message('films that several files could be, left out');

export const title = message('Data set');
export const reading = message('Reading {tables, plural, one {the table} other {# tables}} …');
/** "NIH ChestX-ray14: 500 films (train 452, test 48)" */
export const about = message('{dialect}: {films, plural, one {# film} other {# films}} ({splits})');
export const aboutWhole = message('{dialect}: {films, plural, one {# film} other {# films}}, without a split');
/** A part of the split and its films. */
export const splitFilms = message('{split} {films}');
export const nowhere = message('no part');

export const uncertain = message('Uncertain labels count as');
export const ignore = message('not known');
export const ones = message('there');
export const zeros = message('not there');

export const counts = message('Films that carry each class');
export const className = message('Class');
export const films = message('Films');
export const learnt = message('in {split}');
export const oftenWith = message('Most often with');
export const together = message('{other} ({films})');
/** How frequent a class is. */
export const head = message('head');
export const mid = message('middle');
export const tail = message('tail');
export const absent = message('absent');
export const normal = message('normal');

export const wrong = message('What is wrong with the tables');
export const problem = message('{what}: <b>{count}</b> ({names})');

export const plan = message('Plan');
export const planAbout = message(
  'Edits that would bring the tail up, beside as many real films once more. Results are at most this share of the real films, in per cent:',
);
export const share = message('Results, share of real films');
export const swaps = message('Borrowed, share of what would be drawn');
export const swapsAbout = message(
  'Of the edits that would be drawn, so many per cent borrow the findings of a real film of the class in place of that (it takes longer):',
);
/** A run that is open, and how many of its results are accepted. */
export const againAbout = message(
  'Make {results, plural, one {the accepted result} other {the # accepted results}} of {run} again with other seeds, as part of it:',
);
/** How the edits of a plan are made. */
export const ways = message(
  '{drawn, plural, =0 {} one {# is drawn. } other {# are drawn. }}{borrowed, plural, =0 {} one {# borrows the findings of another patient. } other {# borrow the findings of other patients. }}{kept, plural, =0 {} one {# erases what is frequent and keeps what is rare. } other {# erase what is frequent and keep what is rare. }}{again, plural, =0 {} one {# of them is another seed of an accepted result.} other {# of them are other seeds of accepted results.}}',
);
export const needsFilms = message(
  'Drop the folder of the films together with its tables: then it is known which film gets which edit.',
);
export const real = message('Real');
export const target = message('Target');
export const items = message('Items');
export const expected = message('Expected to be accepted');
export const expectedOf = message('{results} ({share}, assumed)');
export const time = message(
  '{items, plural, one {# edit} other {# edits}}, {minutes, plural, one {about # minute} other {about # minutes}} on one core. It runs here, in this browser or into a folder, and can be stopped and gone on with; so it can on the command line, with the plan saved as a file:',
);
export const namesFilms = message('The plan names films and patients as your table does: keep it beside them.');
export const savePlan = message('Save the plan');
export const runHere = message('Run it in this browser');
export const runInFolder = message('Run it into a folder …');

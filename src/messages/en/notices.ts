/** Messages over the screen: what was done, or was not. */

import { message } from '../message';

export const nothingSaved = message('Nothing was saved');
export const recipeCopied = message('Recipe copied');
export const recipeNotCopied = message('The recipe was not copied');
/** {unsure}: whose receipt is not good. */
export const setSaved = message(
  '{count, plural, one {One result} other {# results}} saved as a set; {unsure, plural, =0 {every receipt is good} one {one receipt is not good} other {# receipts are not good}}',
);
export const matrixNotSaved = message('The swap matrix was not saved');
export const sweepNotSaved = message('The sweep was not saved');
export const reportCopied = message('Report copied');
export const reportNotCopied = message('The report was not copied');

export const nothingChanged = message('Nothing changed: the radiograph already reads as asked');
export const editNotTakenBack = message('The edit was not taken back');
export const noCounterfactual = message('No counterfactual was made');

/** {places} is a list of parts of the chest. */
export const notFoundHere = message('Not found in this picture: {places}. Paint the mask instead.');
export const noMaskImported = message('No mask was imported');
export const someImported = message('{count, plural, one {# mask} other {# masks}} imported, not all');
export const allImported = message('{count, plural, one {# mask} other {# masks}} imported');
/** {notes} are sentences. */
export const importedWithNotes = message('{count, plural, one {# mask} other {# masks}} imported. {notes}');
export const maskResampled = message('{name} was resampled from {width} × {height} pixels.');
export const maskUnlinked = message('{name} could not be matched by its identifiers; its size fits.');
/** {names} are files. */
export const textBurnedIn = message(
  '{names} {count, plural, one {says} other {say}} that text is burned into the pixels: look before you share anything made from {count, plural, one {it} other {them}}. “Cover parts in black…” among the actions makes a covered copy',
);
export const textSeen = message(
  'Text seems to be burned into {count, plural, one {} other {# films: }}{names}. Look before you share anything made from {count, plural, one {it} other {them}}: “Cover parts in black…” among the actions begins with boxes where it was found',
);
export const andMore = message('{names} and {more} more');
export const masksElsewhere = message(
  '{name} holds {count, plural, one {# more, which was} other {# more, which were}} drawn on another image or frame and left out.',
);
export const exportedLinked = message(
  '{count, plural, one {# mask} other {# masks}} exported as DICOM SEG of the radiograph’s study and patient',
);
export const exportedNameless = message(
  '{count, plural, one {# mask} other {# masks}} exported as DICOM SEG of nobody, without a link. With “With names” in the Export menu it names the radiograph, its study and its patient',
);
export const exportedOfNobody = message(
  '{count, plural, one {# mask} other {# masks}} exported as DICOM SEG, linked to the radiograph. Its patient is not known here, and archives may file it apart: open the film’s file again, and export anew',
);
export const exportedUnlinked = message(
  '{count, plural, one {# mask} other {# masks}} exported as DICOM SEG, without a link: the radiograph has no DICOM identifiers',
);
export const masksNotExported = message('The masks were not exported');
/** {why} is a sentence. */
export const maskKept = message('{why} The mask was kept as it was.');
export const tooSmallMask = message('Nothing would be left of so small a mask.');
export const noHoles = message('There are no holes.');
export const tooFaintMask = message('The mask is too faint to have a region.');
export const notInLungs = message('Nothing of the mask lies in the lungs.');

export const filesOpened = message('{opened} of {count, plural, one {# file} other {# files}} opened');
/** {name} is a file. */
export const notOpened = message('{name} was not opened');
/** {why} is a sentence. */
export const notOpenedBecause = message('{name} was not opened. {why}');

export const projectNotSaved = message('The project was not saved');
export const projectIsNotSaved = message('The project is not saved');
export const projectNotOpened = message('The project was not opened');
export const projectNotDeleted = message('The project was not deleted');
export const projectsNotKept = message('Projects are not kept');
export const newProjectHere = message('A new project was begun in this tab');
export const lastNotOpened = message('The last project was not opened');
/** Of a project that was opened, or is about to be written. */
export const partLost = message('Part of the project could not be kept');
export const partLostAdvice = message(
  'Everything else is as it was. The save before this one is kept: it is listed under Projects.',
);
export const projectDeleted = message('Deleted “{title}”');
export const versionDeleted = message('Deleted “{title}”. Undo brings it back.');
export const branchDeleted = message(
  'Deleted “{title}” and {count, plural, one {the version made from it} other {the # versions made from it}}. Undo brings it back.',
);

export const runNotOpened = message('The results of a plan were not opened');
export const runStopped = message('The plan stopped: {finished} of {total} are done and kept');
export const runDone = message(
  'The plan is done: {count, plural, one {# result} other {# results}}{failed, plural, =0 {} one {, # failed} other {, # failed}}',
);
export const decisionNotKept = message('The decision was not kept');
export const runExported = message('{count, plural, one {# result was} other {# results were}} exported');
export const exportStopped = message('The export was stopped: its table is not written');

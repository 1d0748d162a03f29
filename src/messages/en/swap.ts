/** Borrowing findings from other patients: the swap, and the matrix of swaps. */

import { message } from '../message';

export const title = message('Swap pathology');
export const about = message(
  'Another patient’s findings, on this patient’s anatomy, in one edit. Opacity travels as it is in the donor, beside the same film without it; any other finding as the reader states it, with its zones and grades. Fine texture stays behind.',
);
export const chooseDonor = message('Choose a donor, and what of it travels.');
/** {request} is in the statement language. */
export const request = message('Request: {request}');
export const useAsRequest = message('Use as request');
export const useAndGenerate = message('Use and generate');
export const openFirst = message('Open a radiograph first, and let it be read.');
export const donorNamed = message('<b>Donor</b> {name}');
/** Of a column, where names are not to leave: {number} counts from 1. */
export const donorNumber = message('Donor {number}');
/** What of the donor is shown. */
export const donorViews = message('What of the donor is shown');
export const viewFilm = message('Film');
export const viewPathology = message('What travels');
export const viewHealthy = message('Without it');
export const aboutFilm = message('The donor’s film.');
export const aboutPathology = message(
  'What the donor has more than without its opacities: this is drawn in this patient’s lungs.',
);
export const aboutHealthy = message(
  'The donor without its opacities, made by the denoiser. This anatomy stays behind.',
);
export const donorAsRead = message('Donor, opacity as read');
export const beingRead = message('Being read…');
export const chooseOnLeft = message('Choose a donor on the left');
export const thisPatient = message('<b>This patient</b> {name}');
export const asAsked = message('This patient, as asked');
export const nothingTravels = message('The reader finds nothing in this donor that could travel.');
export const clearOwn = message('Clear this patient’s own opacities elsewhere');
export const withPathology = message('The donor’s own opacity, in place of this patient’s');
/** The same switch until it is read. */
export const readingPathology = message('The donor’s own opacity: being read…');
export const mixSecond = message('Mix in a second donor');
export const chooseSecond = message('Choose the second donor on the left.');
export const secondShare = message('Share of the second donor');
/** {share} is a percentage. */
export const shareOfSecond = message('{share} of {name}');
export const twoDonors = message('{one} and {other}');
export const strength = message('How much of it');
/** {share} is a percentage of what the donor has. */
export const strengthNamed = message('How much of it: {share} of what the donor has');
/** Why only words travel. */
export const onlyWords = message(
  'The donor’s opacity could not be told from its anatomy (its lungs and heart have to be found, and the opacity has to be clear enough), so it travels by zones and grades, not as it is.',
);
/** {doubt} is a sentence that says why this may be no frontal chest radiograph. */
export const donorDoubt = message(
  '{doubt} What travels from it may mean nothing: choose another donor, or one that is upright and shows both lungs.',
);
/** A warning. The studio turns no film over. */
export const donorMirrored = message(
  'The donor’s film may be mirrored, or its heart lies on the right: check its side marker. If it is mirrored, its findings come on the wrong side: turn it over in the program it comes from, or choose another donor.',
);
export const sameFilm = message('This is the film that is on the screen: it has its own findings already.');
export const childOntoAdult = message(
  'The donor is a child, this patient an adult: opacity is fitted to this patient’s lungs, but children’s diseases look different.',
);
export const adultOntoChild = message(
  'The donor is an adult, this patient a child: opacity is fitted to this patient’s lungs, but adults’ diseases look different.',
);
export const ownThatGo = message('This patient’s own that go');
export const stays = message('The donor has it too, so it stays as the donor has it');
export const maskAside = message('The painted mask is put aside: the donor’s zones say where. Undo brings it back.');

export const findings = message('Findings that travel');
export const zones = message('Zones whose opacity travels, as read');
/** A grade, and a list of zones. */
export const usualPlace = message('{grade}, usual place: {places}');
/** Sides of the patient. */
export const pneumothoraxSide = message('Side of the pneumothorax');
export const rightSide = message('Right');
export const leftSide = message('Left');
export const sideNotRead = message(
  'The reader tells that the donor has one, not on which side. It is asked on the right unless you choose.',
);
export const gradeNamed = message('{grade}, {name}');

export const openRadiographs = message('Open radiographs');
export const samples = message('Samples');
export const fromFile = message('From a file…');

/** A small chest for screen readers: {label} says of what, {zones} is a list of the next. */
export const chest = message('{label}: {zones}');
export const zoneGrade = message('{place} {name} ({grade})');
export const noZone = message('no zone above {grade}');

export const matrix = message('Swap matrix');
export const matrixAbout = message(
  'Every chosen patient with the findings of every chosen donor, in place of its own opacities. Cells wait in the queue and stay as versions of their patient, so this can be closed meanwhile.',
);
export const matrixCaption = message(
  'Rows: anatomy. Columns: findings of the donor. Below each cell: what the second reader says.',
);
export const saveMatrix = message('Save as PNG');
export const saveMatrixHint = message(
  'The whole grid as one picture, with patients, donors, and the mark that it is synthetic',
);
/** On the saved picture. */
export const sheetNote = message(
  'Synthetic counterfactual radiographs made with Counterpart. Research use only, not for diagnosis.',
);
export const sheetKey = message(
  'Rows: anatomy. Columns: findings of the donor. Below each: what the second reader says.',
);
export const stop = message('Stop');
export const makeCells = message('Make the cells');
export const patients = message('Patients, up to {most}');
export const isBeingRead = message('is being read');
export const leaveOut = message('Leave out {name}');
export const donors = message('Donors');
export const donorsUpTo = message('Donors, up to {most}');
export const leaveOneOut = message('Leave one out to choose another.');
export const donorBeingRead = message('The donor is being read…');
export const chooseBoth = message('Choose patients and donors on the left.');

export const nothingToChange = message('Nothing to change');
/** Of a cell whose patient and donor are one film. */
export const itsOwn = message('The film itself, as it is');
export const notMade = message('Not made yet');
export const waits = message('Waits in the queue');
export const beingMade = message('Being made');
export const failed = message('Failed: try again from the queue');
/** {right} of the six zones of the lungs. */
export const zonesAsAsked = message('{right} of 6 zones as asked');
export const cell = message('{patient} with {donor}: {right} of 6 zones as asked. Show it');
export const synthetic = message('Synthetic');

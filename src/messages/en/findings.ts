/** Findings, places of the chest and grades, and what cannot be asked of them. */

import { message } from '../message';

/** Findings begin with a small letter: they stand within sentences, and the screen makes the first letter large where one begins a line. */
export const opacity = message('opacity');
export const consolidation = message('consolidation');
export const infiltration = message('infiltration');
export const atelectasis = message('atelectasis');
export const effusion = message('effusion');
export const pneumothorax = message('pneumothorax');
export const edema = message('edema');
export const emphysema = message('emphysema');
export const fibrosis = message('fibrosis');
export const pleuralThickening = message('pleural thickening');
export const nodule = message('nodule');
export const mass = message('mass');
export const cardiomegaly = message('cardiomegaly');
export const hernia = message('hernia');
export const pneumonia = message('pneumonia');
export const noFinding = message('normal chest');

/** Zones of the lungs, the patient's right and left; as a short label. */
export const rightUpper = message('right upper');
export const rightMid = message('right mid');
export const rightLower = message('right lower');
export const leftUpper = message('left upper');
export const leftMid = message('left mid');
export const leftLower = message('left lower');
export const mediastinum = message('mediastinum');
export const rightUpperZone = message('right upper zone');
export const rightMidZone = message('right mid zone');
export const rightLowerZone = message('right lower zone');
export const leftUpperZone = message('left upper zone');
export const leftMidZone = message('left mid zone');
export const leftLowerZone = message('left lower zone');
export const bothLungs = message('both lungs');
export const rightLung = message('right lung');
export const leftLung = message('left lung');
export const heart = message('heart');
export const bilateralLung = message('bilateral lung');
export const bilateralUpperZone = message('bilateral upper zone');
export const bilateralMidZone = message('bilateral mid zone');
export const bilateralLowerZone = message('bilateral lower zone');
/** Two places in a sentence that has "the" before the first: "the right lower zone and the mediastinum". */
export const andThe = message('{first} and the {next}');

/** Grades of severity, 0 to 3. */
export const absent = message('absent');
export const mild = message('mild');
export const moderate = message('moderate');
export const severe = message('severe');

/** Why an edit cannot be asked for, and what to do about it. */
export const normalIsNoFinding = message('A normal chest is not a finding that can be added or graded.');
export const removeInstead = message('Remove the findings that are there instead.');
/** {places} is a list. */
export const notFoundIn = message('{finding} is not found in: {places}.');
export const chooseMediastinum = message(
  'Choose the mediastinum, which holds the heart, or choose another finding for the lung zones.',
);
export const chooseAmong = message('Choose among: {places}.');
export const fluidFalls = message(
  'Free pleural fluid falls to the base; an effusion in the {place} alone is not seen on an upright film.',
);
export const includeToo = message('Include the {place} as well.');
/** On a button: the nearest edit that can be. */
export const askInstead = message('Ask for {finding} in the {places} instead');
export const leaveOut = message('leave out the {places}');
export const addPlaces = message('add the {places}');

/** What was changed of several findings that were asked for together, and why. */
export const massStays = message(
  'A lesion is a nodule up to 3 cm and a mass beyond: where both were asked, the mass stays.',
);
/** {findings} is a list that begins the sentence. */
export const oneOpacity = message(
  '{findings} are one opacity of the lung: in the {places} the greater grade is asked of both.',
);
export const normalExcludes = message('A normal chest excludes every finding: leave out one or the other.');
/** Both are sentences but for the full stop of the second: why it cannot be, and what is done instead. */
export const repaired = message('{why} {instead}.');
export const refused = message('{why} {advice}');

/** Of words that name nothing to change. */
export const noneNamed = message('No finding is named.');
/** {finding} comes, and it is not said where. */
export const noPlace = message('No place is named for {finding}.');
/** {words} is a list of words in quotation marks. */
export const noneNamedIn = message('No finding is named; unrecognised: {words}.');
/** {words} name a disease, not what is seen of it. */
export const isDiagnosis = message('“{words}” is a diagnosis, not a finding.');
/** {request} is what it often looks like, in words that are understood. */
export const askForSigns = message('Ask for what it looks like, such as “{request}”.');
/** “All but one nodule”: which of them stays is not said. */
export const oneOfAll = message('Which {finding} is to stay is not said.');
export const nameEach = message('Name each that is to go by its place, such as “remove right upper zone nodule”.');
export const quoted = message('“{text}”');
/** Words of another language; {language} is its name. */
export const notEnglish = message('These words look {language}; only English is read.');
export const unknownLanguage = message('These words do not look English; only English is read.');
export const otherScript = message('These words are in another script; only English is read.');
export const german = message('German');
export const french = message('French');
export const spanish = message('Spanish');
export const italian = message('Italian');
export const portuguese = message('Portuguese');
export const dutch = message('Dutch');
export const scandinavian = message('Scandinavian');
/** {finding} is asked to come and to go from the same place, or in two grades there. */
export const contradicts = message('The words contradict each other about {finding}.');
export const sayOne = message(
  'Say of each place either that it is to be there, and how much of it, or that it is not.',
);
/** The examples are in the statement language, which is English: leave them as they are. */
export const nameOne = message(
  'Name a finding and a place, such as “moderate left lower zone consolidation” or “remove right lung opacity”.',
);

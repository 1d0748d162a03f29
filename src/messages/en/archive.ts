/** Films from an archive by DICOMweb, and results back into it. */

import { message } from '../message';

export const title = message('Archive');
/** {archive} is the name of a computer. */
export const about = message(
  'Films of {archive}. What you search for is asked there; pictures and results go there only from the export menu, after a question.',
);
export const patientId = message('Patient ID');
export const patientName = message('Patient name');
export const accession = message('Accession number');
export const from = message('From');
export const to = message('To');
export const modality = message('Modality');
export const crOrDx = message('CR and DX');
export const anyModality = message('Any');
export const search = message('Search');
export const stop = message('Stop');
export const searching = message('Searching {archive} …');
export const showNames = message('Show patients');
export const studies = message('Studies');
export const nothing = message('Nothing was found. Look at the dates and the modality, or leave a field out.');
export const begin = message('Say what you look for, or search with nothing filled in for all films.');
export const found = message('{count, plural, one {# study} other {# studies}}');
export const more = message('More');
/** In the place of a patient's name and number. */
export const hiddenPatient = message('Patient hidden');
export const noName = message('No name');
export const noPatientId = message('no patient ID');
export const accessionLine = message('Accession {accession}');
export const noDate = message('No date');
export const images = message('{count, plural, one {# image} other {# images}}');
export const series = message('Series {number}: {description}');
export const noDescription = message('no description');
export const noSeries = message('This study holds nothing that can be listed.');
/** Of a film in the list; {series} and {number} are numbers. */
export const film = message('{modality} {series}-{number}');
export const loading = message('Loading …');
export const chosen = message(
  '{count, plural, =0 {Choose films from a study} one {# film chosen} other {# films chosen}}',
);
export const open = message('{count, plural, =0 {Open} one {Open # film} other {Open # films}}');
export const fetched = message('Fetching … {count, plural, one {# film is here} other {# films are here}}');
export const stopFetching = message('Stop fetching');

/** An error follows. */
export const notOpened = message('The films were not opened');

export const sendTitle = message('Send results to the archive');
export const sendAbout = message(
  'Results of the film on the screen, as DICOM, into the study that the film is from. They say that they are synthetic.',
);
export const results = message('Results');
export const asking = message('Asking {archive} for this film, and whose it is …');
/** {archive} is the name of a computer, {date} a day. */
export const goesTo = message('To {archive}, study of {date}');
export const withPatient = message(
  'Name, number, birth date and sex of the patient, and the numbers of the study, are written into each result, as the archive has them now.',
);
export const send = message(
  '{count, plural, =0 {Send} one {Send # result to {archive}} other {Send # results to {archive}}}',
);
export const sending = message('Sending …');
/** {seed} is a number: tells results of one request from each other. */
export const seed = message('Seed {seed}');
export const sent = message('{kept} of {count, plural, one {# result was} other {# results were}} kept there.');
export const kept = message('Kept there');
/** {code} is four hexadecimal digits of the standard. */
export const keptWithWarning = message(
  'Kept there, with a warning: {code, select, B000 {values were changed} B006 {parts were left out} B007 {not all is as its kind of file should be} other {code {code}}}',
);
export const close = message('Close');
export const tryAgain = message('Ask again');

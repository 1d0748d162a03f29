/** Above everything: the document, the device, what can be taken away. */

import { message } from '../message';

export const synthetic = message('Synthetic');
export const search = message('Search actions');
export const showLibrary = message('Project and images');
export const closePanel = message('Close the panel');
export const exportMenu = message('Export');
export const counterfactualDetail = message('As it is seen: native size, 8 bits, recipe embedded');
export const storedDetail = message('Every bit, to measure or train on; viewers may show it dark');
export const storedSetDetail = message('The same, its PNG files with the stored values');
export const setDetail = message('Results, their radiographs, masks, recipes, a table');
export const folderDetail = message('The same as PNG files, written one by one');
export const dicomDetail = message('Secondary capture, stated as synthetic, without the patient');
export const receiptDetail = message('Structured report (SR) of the result that is saved as DICOM');
export const archiveDetail = message('Into the study of the film, after a question');
export const maskDetail = message('The area that was allowed to change');
/** A switch below what can be exported, and what it means off and on. */
export const namesInExports = message('With names');
export const namesStay = message('Off: files carry a hash and a number, no file name');
export const namesAlong = message('On: file names and words as typed go along; they may name a patient');
export const recipeDetail = message('Everything needed to make it again, as JSON');

export const gettingReady = message('Getting ready');
export const notComputing = message('Not computing');
export const gpu = message('GPU');
export const cpu = message('CPU');
/** {time} is in seconds. */
export const perEdit = message('{time}/edit');
export const runsOn = message('Runs on');
/** {technology} is WebGPU or WebAssembly, {processor} is GPU or CPU. */
export const backend = message('{technology} ({processor})');
export const device = message('Device');
export const calibration = message('Calibration, {technology}');
export const notAvailable = message('not available');
export const latestEdit = message('Latest edit');
export const networks = message('Networks');
/** {release} is a version number. */
export const releaseSize = message('{release}, {size}');
export const privacy = message('Everything is computed here. No pixel leaves this computer.');
export const privacyArchive = message(
  'Everything is computed here. Only results that you send to the archive leave it.',
);
export const about = message('What this runs on');
export const gettingReadyMeans = message('The networks are being fetched, checked, and timed on this computer.');
export const tryAgain = message('Try again');

/** A plan carried through: its run, the review of its results, and their export. */

import { message } from '../message';

export const title = message('Run of a plan');
/** {name} is a folder or a table. */
export const about = message(
  '{name}: {finished} of {total} are done, {failed, plural, =0 {none failed} other {# failed}}',
);
export const tabs = message('Run, review and export');
export const run = message('Run');
export const review = message('Review {count}');
export const exportTab = message('Export');

export const kept = message('Results are kept in this browser, on this computer. Export takes them out.');
export const inFolder = message('Results go to the folder “{name}”, as the command line writes them.');
export const progress = message('Progress of the plan');
/** {request} is what is asked, in words. */
export const making = message('{film}: {request}');
export const between = message('Getting ready for the next');
export const doneOf = message('{finished} of {total}');
export const left = message('{finished} of {total}, about {time} left');
export const held = message('Paused at {finished} of {total}');
export const stopping = message('Stopping after the current step');
export const allDone = message('All {total} are done.');
export const notBegun = message('Nothing is being made. {finished} of {total} are done, and stay done.');
export const noPlan = message(
  'This run is not of a plan: it can be reviewed and exported here, and gone on with on the command line.',
);
export const pause = message('Pause');
export const goOn = message('Go on');
export const stop = message('Stop');
export const retryFailed = message('Try what failed again');
export const needsFilms = message(
  'The films are read one at a time from their folder. Choose it again, and the run can go on.',
);
export const needsNetworks = message('The networks are still getting ready.');
export const chooseFilms = message('Choose the folder of the films …');
export const className = message('Class');
export const made = message('Made');
export const accepted = message('Accepted');
export const reviewed = message('Decided');
/** Of films that were used, and of what was made of them. */
export const remarks = message('Worth knowing');
/** {film} is a file, {remark} a sentence. */
export const remarkOf = message('<b>{film}</b>: {remark}');
export const failures = message('What failed');
/** A film and what was asked of it. */
export const failure = message('<b>{film}</b>, {request}: {why} {advice}');

export const nothing = message('There are no results yet.');
export const noneMatches = message('No result is like that.');
export const results = message('Results to review');
export const filterVerdict = message('Receipt');
export const filterClass = message('Class');
export const filterSource = message('Source');
export const filterDecision = message('Decision');
export const any = message('any');
export const noSource = message('not stated');
export const choice = message('{name} ({count})');
export const undecided = message('open');
export const acceptedChoice = message('accepted');
export const rejectedChoice = message('rejected');
export const shownOf = message('{shown} of {total}, {accepted} accepted');
export const source = message('Source');
export const result = message('Result');
export const difference = message('Difference');
export const noFilm = message('Film not at hand');
export const unreadable = message('Cannot be read');
export const accept = message('Accept');
export const reject = message('Reject');
export const takeBack = message('Take back');
/** What holds until somebody decides: by the receipt. */
export const wouldAccept = message('counts as accepted');
export const wouldReject = message('counts as rejected');
export const rejectedBecause = message('rejected: {reason}');
export const card = message('{class}: {request}, {verdict}, {decision}');
export const keys = message(
  '<k>←</k><k>→</k><k>↑</k><k>↓</k> move, <k>A</k> accept, <k>R</k> reject, <k>1</k> to <k>9</k> reject with the reason, <k>U</k> take back, <k>Enter</k> enlarge',
);
export const reasons = message('Reasons');
export const reasonKey = message('<k>{key}</k> {reason}');
export const tooStrong = message('too strong');
export const tooWeak = message('too weak');
export const wrongPlace = message('wrong place');
export const wrongFinding = message('wrong finding');
export const looksDrawn = message('looks drawn');
export const edgesShow = message('edges show');
export const anatomyChanged = message('anatomy changed');
export const filmUnfit = message('film unfit');
export const other = message('other');

export const exportAbout = message(
  '{accepted, plural, one {# result is accepted} other {# results are accepted}}, {decided} of them by somebody’s decision; the rest as their receipts say. A result stays in its patient’s part of the split; a patient in two parts stops the export.',
);
export const formats = message('What is written');
export const always = message('The table (metadata.csv) and the checksums of all files are always written.');
export const alsoRejected = message('Also what is not accepted');
export const toZip = message('Export as a zip file');
export const toFolder = message('Export into a folder …');
export const exporting = message('Exporting: {finished} of {total}');
export const png = message('Pictures with their stored values, 8 or 16 bits (PNG)');
export const png8 = message('Pictures of 8 bits under their window, for tools that know no more');
export const dicom = message('DICOM secondary captures, stated to be synthetic');
export const sr = message('Receipts as DICOM structured reports, with their DICOM pictures');
export const masks = message('Masks of what changed');
export const recipes = message('How each was made, and its receipt');
export const originals = message('The films that they were made from, once each');
export const coco = message('COCO annotations');
export const yolo = message('YOLO boxes');
export const nnunet = message('nnU-Net layout');
export const imageFolder = message('A folder a class');
export const dialect = message('The tables in the columns that came in, with all that they say of the film');
export const croissant = message('Croissant description');
export const cardFormat = message('Hugging Face card');
export const datasheet = message('Data sheet');

export const runs = message('Runs of plans');
export const runsAbout = message(
  'Begun in this browser, or in a folder of yours. A folder that the command line wrote can be opened, too.',
);
export const noRuns = message('No run is known yet. Drop a folder of films with its table to begin one.');
export const runHere = message('{when}, kept in this browser, {finished} of {total} done');
export const runInFolder = message('{when}, in a folder of yours, {finished} of {total} done');
export const openFolder = message('Open a folder of results …');
export const otherRuns = message('Other runs');
export const deleteQuestion = message(
  'Delete {count, plural, =0 {the run} one {the run and its result} other {the run and its # results}} from this browser? This cannot be undone; what was exported stays.',
);
export const keepIt = message('Keep it');
export const forgetIt = message('Take off this list');

export const begun = message('A plan is not at its end');
/** {name} is a folder or a table. */
export const offer = message('A plan was being carried through: {name}');
export const offerDone = message('{finished} of {total} are done and kept');
export const openIt = message('Open it');
export const leaveIt = message('Not now');
export const deleteIt = message('Delete its results');
export const button = message('Plan {finished}/{total}');
export const buttonHint = message('Run, review and export of the plan');

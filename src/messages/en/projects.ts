/** Projects: what is kept in this browser. */

import { message } from '../message';

export const title = message('Projects');
export const about = message(
  'Kept in this browser, on this computer. To move one elsewhere, or to be safe when the browser is cleared, save it as a file.',
);
export const none = message('No project is kept yet. One begins with the first radiograph that you open.');
export const list = message('Projects in this browser');
export const openNow = message('Open now');
/** {title} is what the user called the project. */
export const deleteNamed = message('Delete {title}');
/** {when} is a day and a time. */
export const openEarlier = message('Open an earlier save of {title} ({when}) as a project of its own');
export const deleteQuestion = message('Delete “{title}”?');
export const deleteMeans = message(
  'Its radiographs, masks, requests and counterfactuals are removed from this browser. This cannot be undone. Files that you saved or opened are not touched.',
);
export const keepIt = message('Keep it');
export const deleteProject = message('Delete project');
export const goOn = message('Go on with a project');
export const all = message('All {count}');

export const project = message('Project');
export const projectNamed = message('Project {title}');
export const projectName = message('Project name');
export const rename = message('Rename');
export const deleteEntry = message('Delete project…');
/** Below the entry that saves a project as a file. */
export const holdsNames = message('With the radiographs and the names of their files');
export const keptHere = message('Kept in this browser, on this computer');
export const saved = message('Saved');
export const saving = message('Saving…');
/** {why} is a sentence. */
export const notSaved = message('Not saved: {why}');

export const interrupted = message('Interrupted work');
export const oneInterrupted = message('A counterfactual was being made when the page closed');
export const someInterrupted = message(
  '{count, plural, one {# request was} other {# requests were}} not finished when the page closed',
);
export const andMore = message('{request}, and {count, plural, one {one more} other {# more}}');
export const makeAgain = message('Make it again');
export const leaveIt = message('Leave it');

export const stoppedTitle = message('The studio has stopped');
export const stoppedText = message(
  'Something in it, or in the open project, could not be shown. Your work is not lost: hand out a copy, then start without this project. It stays in this browser as it was saved last.',
);
export const saveACopy = message('Save a copy');
export const startWithout = message('Start without this project');
export const copyHandedOut = message('The copy is among your downloads.');

export const leaveUnsaved = message('Leave this project although it is not saved?');
/** {why} and {advice} are sentences. */
export const leaveMeans = message('{why} {advice} What is not saved is gone when you leave.');
export const stay = message('Stay');
export const saveAsFile = message('Save it as a file');
export const leaveAnyway = message('Leave without saving');

/** {size} is in megabytes. */
export const facts = message('{radiographs, plural, one {# radiograph} other {# radiographs}} · {size}');
export const factsVersions = message(
  '{radiographs, plural, one {# radiograph} other {# radiographs}}, {versions, plural, one {# version} other {# versions}} · {size}',
);
/** A time of today; a day of this year with a time. */
export const today = message('Today, {time}');
export const dayTime = message('{day}, {time}');
export const whenAndFacts = message('{when} · {facts}');

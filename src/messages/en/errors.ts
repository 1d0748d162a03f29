/** What went wrong without a name of its own, and what was being done then. */

import { message } from '../message';

/** {doing} is one of the messages below; {message} comes from the browser. */
export const unexpected = message('Something went wrong while {doing}: {message}');
export const unexpectedAdvice = message(
  'Nothing you had open was changed. Try again; if it happens again, copy the details and report them.',
);

/** Each of these goes on from “Something went wrong while”. */
export const readingRadiograph = message('reading {name}');
export const savingCounterfactual = message('saving the counterfactual');
export const savingSet = message('saving the set');
export const savingReceipt = message('saving the receipt');
export const savingMask = message('saving the mask');
export const copyingRecipe = message('copying the recipe');
export const savingMatrix = message('saving the swap matrix');
export const savingSweep = message('saving the sweep');
export const copyingReport = message('copying the report');
export const askingModel = message('asking the language model');
export const askingArchive = message('asking the archive');
export const sendingToArchive = message('sending to the archive');
export const importingFile = message('importing {name}');
export const exportingMasks = message('exporting the masks');
export const readingTables = message('reading the tables of the data set');
export const openingRun = message('opening the folder of the results');
export const runningPlan = message('running the plan');
export const keepingDecision = message('keeping a decision');
export const exportingRun = message('exporting the results');
export const openingFile = message('opening {name}');
export const savingProjectFile = message('saving the project as a file');
export const drawing = message('drawing the screen');
export const readingPixels = message('reading the pixels of “{title}” from storage');
export const savingProject = message('saving the project');
export const openingProject = message('opening “{title}”');
export const lookingForProjects = message('looking for projects');
export const beginningProject = message('beginning a project');
export const deletingProject = message('deleting “{title}”');
export const makingCounterfactual = message('making a counterfactual of {name}');
/** In the place of a file’s name, where the radiograph was closed meanwhile. */
export const someRadiograph = message('a radiograph');
export const listingSamples = message('reading the list of samples');
export const gettingReady = message('getting the networks ready');
export const readingDonor = message('reading the donor');
export const readingPathology = message('reading the donor’s pathology');

export const copy = message('Copy details');
export const copied = message('Copied');
export const copyBlocked = message('Copying is blocked by the browser');

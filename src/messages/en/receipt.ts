/** The receipt: how far a result can be trusted. {finding} begins with a small letter. */

import { message } from '../message';

export const panel = message('Receipt');
export const good = message('Good');
export const withCare = message('With care');
export const doNotRely = message('Do not rely on it');
export const notMeasured = message('Not measured');
export const openChecks = message('{count, plural, one {one check is not made yet} other {# checks are not made yet}}');

export const wholeReceipt = message('Show the whole receipt');

export const measuring = message('Being measured');
export const waiting = message('Waiting in the queue');
export const measureNow = message('Measure now');

export const howMade = message('How was it made?');
export const made = message('Seed {seed}, {steps, plural, one {# step} other {# steps}}');
/** A further pass is made only where opacity is left. */
export const madeAtMost = message('Seed {seed}, at most {steps, plural, one {# step} other {# steps}}');
export const madeBySketch = message('Seed {seed}, drawn from what is known of it: a reconstruction');
export const madeBySketchToo = message(
  'Seed {seed}, {steps, plural, one {# step} other {# steps}}, then drawn from what is known of it',
);
export const madeOfTaken = message('What was erased from this film, given back from the recipe of the erasure');
export const madeOfDonor = message('Seed {seed}, the donor’s own opacity drawn on this film');
export const madeOfDonorToo = message(
  'Seed {seed}, {steps, plural, one {# step} other {# steps}}, then the donor’s own opacity drawn on this film',
);
export const madeBySearch = message('Seed {seed}, {steps, plural, one {# step} other {# steps}}, by search');
export const seed = message('Seed');
export const sampler = message('Sampler');
export const twinFlow = message('Twin flow');
export const inpainting = message('Inpainting');
/** The flow started from what the network of that name makes of the film. */
export const fromHealthyTwin = message('Healthy twin, then twin flow');
export const drawnNumber = message('Number');
export const drawnAmount = message('Drawn');
/** Factors, by zone, between which a donor's opacity was scaled until it was read as asked. */
export const donorTimes = message('The donor’s opacity, times');
export const askedAmount = message('Asked for');
export const measuredAmount = message('Measured against the film before');
export const measuredRatio = message('Cardiothoracic ratio, by the anatomist');
export const isReconstruction = message('{reason} It is a reconstruction, drawn from what is known of it.');
export const isGivenBack = message(
  '{reason} It is what was erased from this film, as far as the autoencoder carries it.',
);
export const givenBack = message('Given back');
export const isDonors = message('{reason} It is the donor’s own opacity, as far as the networks carry it.');
/** Little fluid was drawn; what is measured on the film is as asked. */
export const tooLittleFluid = message(
  'The second reader sees no more of it, which says little at this size: of eight drawn as small it called one. Its level, measured on the film by the densities alone, is as asked.',
);
export const ratioReachedByDensities = message(
  'By its densities against the film before, the heart is as wide as was asked; the anatomist finds it narrower, as it follows a large heart only in part.',
);
/** What a chest had no room for. */
export const heartHasNoRoom = message(
  'The heart takes {reached} of the width of the thorax and not {asked}: in this chest there is no more room between it and the chest wall.',
);
export const airHasNoRoom = message(
  'The air is {reached} deep and not {asked}: a lung that is wholly down still lies at its root, and in this chest the root lies no lower.',
);
/** {finding} begins with a small letter; {seen} and {asked} are grades from 0 to 3. */
export const lessThanSeen = message(
  'More is seen there than the {finding} that is asked for ({seen} of 3, asked {asked}): some of it goes.',
);
/** Of several that were to go. {finding} begins with a small letter. */
export const notFound = message('No {finding} was found that could be taken away.');
/** {ratio}: the heart's width over the thorax's. */
export const heartNarrowed = message(
  'The heart took {ratio} of the thorax, more than was asked: it was made narrower.',
);
export const heartNotNarrow = message('The anatomist does not find it as narrow as was asked.');
export const ratioReached = message('The anatomist finds the heart as wide as was asked.');
/** Of fluid or air that was drawn away: how much of the film it covered, and what was to stay. */
export const takenAway = message('Taken away, as seen on the film');
export const leftAtMost = message('Left, at the most');
/** A lesion that was drawn away, by its grey; {finding} begins with a small letter. */
export const standsOut = message('Denser than what surrounds it, share of the window');
export const standsOutNoMore = message(
  'What was outlined is now as dense as what surrounds it. Whether it was the {finding} is for you to see.',
);
export const stillStandsOut = message(
  'What is left is still denser than what surrounds it: correct the outline, or try another seed.',
);
export const leftHollow = message(
  'What is left is emptier than what surrounds it: the {finding} may be larger than its outline.',
);
export const hardlyStoodOut = message(
  'What was outlined was hardly denser than what surrounds it: see whether that was the {finding}.',
);
export const drawnFinding = message('{finding}, drawn');
export const sketched = message('Sketch');
export const harmonisedFrom = message(
  '{amount}, harmonised in {steps, plural, one {# step} other {# steps}} from t {time}',
);
export const notHarmonised = message('{amount}, as drawn');
/** {time} is where on the way from noise the sampler begins, 0 to 1. */
export const samplerSteps = message('{sampler}, {steps, plural, one {# step} other {# steps}} from t {time}');
/** A further pass is made only where opacity is left. */
export const samplerStepsAtMost = message(
  '{sampler}, at most {steps, plural, one {# step} other {# steps}} from t {time}',
);
export const guidance = message('Guidance');
export const noisesTried = message('Noises tried');
export const score = message('Score');
export const keptTrials = message('Kept trials');
export const firstWasBest = message('none: the first was the best');
export const time = message('Time');
export const madeOn = message('Made on');
export const madeAt = message('Made at');
export const network = message('Network {name}');

/** Did it change as asked? */
export const effect = message('Did it change as asked?');
export const didGo = message('Did {finding} go?');
export const didChange = message('Did {finding} change as asked?');
export const didCome = message('Did {finding} come?');
export const opacityInMask = message('Opacity inside the mask');
export const opacityInZones = message('Opacity in its zones');
export const countsFrom = message('Counts as opacity from');
/** {finding} begins the line. */
export const inWholeImage = message('{finding} in the whole image');
export const calledFrom = message('Called from');
export const readsAsAsked = message('Nothing was changed: the radiograph already reads as asked.');
export const noLess = message('The second reader sees no less {finding} than before.');
export const noMore = message('The second reader sees no more {finding} than before.');
export const lessNotNone = message('The second reader sees less {finding}, but not none.');
export const littleNowLess = message('The second reader saw little {finding} there, and now sees less.');
export const noLongerSees = message('The second reader no longer sees {finding} there.');
export const moreTooLittle = message('The second reader sees more {finding}, but too little to call it.');
export const nowSeesMore = message('The second reader saw {finding} there, and now sees more.');
export const nowSees = message('The second reader now sees {finding} there.');
/** Grades of severity, 0 to 3: as read, and as asked. */
export const gradesIt = message('The second reader grades it {read} where {asked} was asked.');
export const nearerButGraded = message('Nearer to what was asked, but graded {read} where {asked} was asked.');
export const noNearerGraded = message('No nearer to what was asked: graded {read} where {asked} was asked.');
/** It is there, but not as severe as asked, or more. */
export const seesButGraded = message(
  'The second reader sees {finding} there, but grades it {read} where {asked} was asked.',
);
/** {verdict} is one of the sentences above. */
export const notMeasuredOn = message(
  '{verdict} How well it knows {finding} was not measured, as too few radiographs show it: rely on your own eye, and on what changed outside the mask.',
);
export const notReadable = message(
  '{verdict} It can hardly tell {finding} from other things, so its word counts for little here: rely on your own eye, and on what changed outside the mask.',
);
export const cameNotCalled = message('Opacity came, but the second reader does not call it {finding}.');
export const wentStillCalled = message('Opacity went, but the second reader still calls {finding}.');

/** A figure of findings that do not look like opacity. */
export const whereItIs = message('Where it is');
export const whereNotRead = message(
  'Not read: only opacity is read by place. Rely on the difference map, and on what changed outside the mask',
);

export const others = message('Did the rest stay?');
export const shouldStay = message('Findings that should stay');
export const meanChange = message('Mean change');
export const largestChange = message('Largest change: {finding}');
export const calledDifferently = message('Called differently: {finding}');
export const othersAsBefore = message('The second reader reads the other findings as before.');
/** {findings} is a list. */
export const judgesDifferently = message('The second reader now judges {findings} differently.');
/** {places}: "left mid zone and right upper zone", that nobody asked about. */
export const zonesBeside = message('The edit reached the {places} too: the second reader now grades it differently.');
export const readerMoved = message(
  'No pixel of the {places} changed, yet the second reader grades it differently: that is the reader’s doing, and says how far to trust it here.',
);
/** {place} is a zone; two grades follow. */
export const besideGraded = message('Graded differently: {place}');
export const untouchedGraded = message('Graded differently, no pixel changed: {place}');
export const movedSomewhat = message('Other findings moved somewhat, {finding} most.');
export const movedToo = message('Other findings moved too, {finding} most.');
export const plusMinus = message('±{share}');

export const outside = message('Did anything change outside the mask?');
export const outsideSame = message('Every pixel outside the mask is the original’s, bit for bit.');
export const outsideDiffers = message('Pixels outside the mask differ: do not use this result.');
export const pixels = message('{count} pixels');
export const changedOutside = message('Changed outside');
export const changedInside = message('Changed inside');
export const countOf = message('{count} of {total}');

export const undo = message('Can it be undone?');
export const nothingLost = message('Nothing was changed, so nothing is lost.');
export const undoNotMeasured = message('Not measured yet: it costs another generation.');
export const errorAfterUndo = message('Error after edit and undo');
export const ofAutoencoder = message('Of the autoencoder alone');
export const ratio = message('Ratio');
export const timesOwn = message('{ratio} ×');
export const ofGreyRange = message('{share} of the grey range');
export const returnsUnharmed = message('Taken back, the original returns nearly unharmed.');
export const returnsChanged = message('Taken back, the original returns with some details changed.');
export const returnsElse = message('Taken back, something else returns: details under the mask were lost.');

export const anatomy = message('Did the anatomy stay?');
export const nothingChanged = message('Nothing was changed.');
export const madeEarlier = message('Not measured: this result was made by an earlier version.');
export const lungsOverlap = message('Overlap of the lungs (Dice)');
export const heartOverlap = message('Overlap of the heart (Dice)');
export const foundWhereTheyWere = message('Lungs and heart are found where they were.');
export const lungsALittle = message('The border of the lungs is found a little elsewhere.');
export const heartALittle = message('The border of the heart is found a little elsewhere.');
export const lungsElsewhere = message('The border of the lungs is found elsewhere: the anatomy may have changed.');
export const bordersByDrawing = message(
  'Borders of lungs or heart are found elsewhere, as what was drawn hides or moves them. Outside the mask nothing moved.',
);
export const heartElsewhere = message('The border of the heart is found elsewhere: the anatomy may have changed.');

export const realism = message('Does it look like lung?');
export const noTexture = message(
  'Not measured: what changed is too small to have a texture, brighter or darker than any lung it could be compared with, or is not lung, as fluid and air beside it are not.',
);
export const distanceFromLungs = message('Distance of its texture from that of real lungs');
export const rarelyFarther = message('Two parts of a real film rarely differ by more');
export const notUnlikeLung = message(
  'Nothing was found in the texture that lungs do not have. That is no proof: hard edges and repeats can be missed.',
);
export const unlikeLung = message(
  'The texture is less like that of real lungs than before: look for branches, edges, blur or noise that do not belong there.',
);
/** Of a line that can warn and did not. */
export const noWarning = message('No warning');

export const training = message('Does it resemble a training image?');
export const nothingFromTraining = message('Nothing was changed, so nothing came from training.');
export const noFeatures = message('Not measured: this release carries no features of its training images.');
export const nothingToCompare = message('Not measured: there was nothing to compare with when this result was made.');
export const distanceToNearest = message('Distance to the nearest training image');
export const asNearAsSource = message('Unseen radiographs that are as near to one as the source');
export const asNearAsResult = message('As near as the result');
export const rareBelow = message('Nearer than this is rare (1 % of unseen radiographs)');
export const under = message('under {share}');
export const noNearer = message('It is no nearer to a training image than unseen radiographs are.');
/** What an erasure took is back. */
export const givenBackItself = message('What is near to a training image is the film’s own, given back.');
export const sourceItself = message(
  'The source itself is this near to a training image; the edit brought it no nearer.',
);
export const broughtNearer = message('The edit brought it nearer to a training image than unseen radiographs are.');
export const likeACopy = message(
  'The edit brought it as near to a training image as a copy of one: it may repeat a patient.',
);

/** A synthetic report of the result. */
export const inReportWords = message('As a report would say it (synthetic)');
export const reportBefore = message('Before');
export const reportAfter = message('After, as asked');
export const copyReport = message('Copy report');

/** “What is different?”: the request, in a diagram, in words and in controls, and the button that makes it. */

import { message } from '../message';

export const panel = message('What is different?');
export const legend = message('The request');
export const swapFrom = message('Swap from…');
export const swapHint = message('Borrow a finding from another patient (Shift+P)');

/** The line of words; <key> is the key that leads there. */
export const sayIt = message('Say it in words <key></key>');
/** {words} are an edit in the statement language that suits what is read: one press takes it. */
export const tryThis = message('Try “{words}”');
export const quoted = message('“{text}”');
/** A word that was mended: a slip of the keys. */
export const readAs = message('“{text}” was read as “{read}”.');
/** After words such as “make it worse”: {findings} are what the reader sees in the film. */
export const saidOfSeen = message('Said of what the reader sees: {findings}.');
export const notUnderstood = message('Not understood, and left out: {words}.');

/** The diagram of the chest. */
export const where = message("Where: zones of the chest, the patient's right at the left");
export const diagramHelp = message(
  'Space places the finding in a zone or takes it away. Arrows go from zone to zone; with Shift they move the finding.',
);
/** The sides of a radiograph, as on a film. */
export const right = message('R');
export const left = message('L');
/** A zone and what is known of it: a list of the messages below. */
export const read = message('read {grade}, {name}');
export const askedClear = message('asked to be clear');
export const asked = message('asked {grade}, {name}');
/** Of other findings than the one in the controls. */
export const alsoAsked = message('{finding} asked {grade}');
export const alsoGoes = message('{finding} asked to go');
/** How many of them, where there is no room for more. */
export const others = message('+{count}');
export const clear = message('clear');
/** A grade and its name: "1.8, moderate". */
export const gradeNamed = message('{grade}, {name}');

/** Several findings in one edit. */
export const together = message('In one edit');
export const maskOfOne = message('A painted mask is of one finding: the others are put aside');
/** "moderate, left lower": a grade, and a list of places. */
export const degreeAndPlaces = message('{degree}, {places}');
export const goesFrom = message('goes from {places}');
export const goesNowhere = message('goes from nowhere yet');
export const leaveOut = message('Leave out: {finding}');
export const addAnother = message('Add another');
/** On a button below the reasons why findings cannot be asked together, which say what is asked instead. */
export const settle = message('Ask for that');

export const nowhere = message('Nowhere yet');
export const bothLungs = message('Both lungs');
export const bothLungsMediastinum = message('Both lungs, mediastinum');
export const rightLung = message('Right lung');
export const leftLung = message('Left lung');
export const mediastinum = message('Mediastinum');
/** {share} is a percentage. */
export const onlyPainted = message('Only the painted {share} of the picture may change.');
export const onlyZones = message('Only the chosen zones may change.');
/** Of what is drawn in pleura, heart or hiatus: a large effusion is not one zone. */
export const zonesPlace = message('The chosen zones say where it is drawn; it reaches as far as such a finding does.');
export const chooseOrPaint = message('Choose zones here, or paint on the picture.');
/** Fluid or air that is to go. */
export const drawnAwayWhereFound = message(
  'What is found on that side is drawn away: what changes follows it, not the zone.',
);
export const onlyOutlined = message('Only what is outlined may change.');
/** A lesion that is to go was looked for: {finding} begins the sentence, {zone} is a place. */
export const locatedHere = message('{finding} {place} of {places}, {zone}: {likely}');
export const likely = message('stands out');
export const possible = message('may be one');
export const faint = message('faint: look closely');
export const otherPlace = message('Next place');
export const otherPlaceHint = message('Where else it may lie (.); before it (,)');
export const correctOutline = message('Correct outline');
export const clearZones = message('Clear zones');
export const zonesAsMask = message('Zones as mask');
export const clearMask = message('Clear mask');
export const opacityAfter = message('Opacity, read after');
export const opacityRead = message('Opacity, as read');
export const absentEnd = message('0 absent');
export const severeEnd = message('3 severe');
export const askedLegend = message('Asked, can be dragged');
export const othersLegend = message('Also asked');

export const finding = message('Finding');
export const fewExamples = message('few examples');
export const veryFewExamples = message('very few examples');
export const veryFew = message('very few');
export const learntFromFew = message('Learnt from few radiographs: look twice.');
export const learntFromVeryFew = message('Learnt from very few radiographs: expect weak or wrong results.');
export const trained = message('{count} training radiographs.');
export const trainedAuroc = message('{count} training radiographs, reader AUROC {auroc}.');
export const auroc = message('reader AUROC {auroc}.');
export const fewer = message('Fewer');
export const more = message('{count} more…');

export const severity = message('Severity');
export const erased = message('erased');
export const upTo = message('up to {grade}');
export const oneForAll = message('One for all zones');
export const eachZone = message('Each zone…');
export const severityOfEach = message('Severity of each zone');
/** {place} is a part of the chest: "right upper". */
export const severityAt = message('Severity, {place}');
export const absent = message('Absent');
export const mild = message('Mild');
export const moderate = message('Moderate');
export const severe = message('Severe');
export const erase = message('Erase');
export const maskHasOne = message('A painted mask has one severity: {grade}. Clear the mask to grade each zone.');

export const advanced = message('Advanced');
export const gist = message('seed {seed}, {steps, plural, one {# step} other {# steps}}, {sampler}');
export const seed = message('Seed');
export const seedKept = message('Seed is kept');
export const seedMoves = message('Seed moves on after each result');
export const keepSeed = message('Keep the seed');
export const steps = message('Steps');
export const guidance = message('Guidance');
export const sampler = message('Sampler');
export const automatic = message('Automatic');
export const twinFlow = message('Twin flow');
export const inpaint = message('Inpaint');
export const sketchSampler = message('Sketch');
export const asAdvised = message('Back to what is advised');

/** Of the demonstration, while its networks are loaded and its film is read. */
export const startsItself = message('The opacity is erased as soon as the film is read. Nothing else to do.');

export const seeds = message('Seeds');
export const seedCount = message('{count, plural, one {# seed} other {# seeds}}');
/** The number is drawn large, the word small. */
export const seedCountDrawn = message('{count, plural, one {# <small>seed</small>} other {# <small>seeds</small>}}');
export const results = message('Results of this request');
export const oneAnswer = message(
  'What goes leaves one picture: other seeds would show the same. For other ones choose the sampler Inpaint under Advanced.',
);
/** What an erasure took is given back; also why no other noise is looked for. */
export const backOnce = message('Giving back has one answer: every seed would show the same.');
export const severalSeeds = message('Several seeds come as candidates, of which you keep what you like.');

export const generate = message('Generate');
export const generateSeveral = message('Generate {count}');
export const eraseGenerate = message('Erase and generate');
export const eraseGenerateSeveral = message('Erase and generate {count}');
export const addToQueue = message('Add to queue');
/** {doubt} is a sentence that says why this may be no frontal chest radiograph. */
export const notFrontal = message('{doubt} Readings and counterfactuals of anything else mean nothing.');
export const continueAnyway = message('Continue anyway');
export const exploreHint = message('Try many noises and keep the best');
export const exploreDetail = message(
  'The first reader chooses, the second judges. Of what is drawn it tries as many seeds; of what goes it was not shown to beat as many.',
);
export const explore = message('Explore');
export const sweepHint = message(
  'The same at five grades, from absent to severe; of a donor’s opacity from none to one and a half times as much',
);
export const sweep = message('Severity sweep');

export const loading = message('Loading the networks');
export const checking = message('Checking the networks');
export const timing = message('Timing this computer');
export const preparing = message('Preparing');
/** Megabytes. */
export const loaded = message('{done} of {total} MB');
export const stillUsable = message('Radiographs can still be opened, viewed and masked.');
export const tryAgain = message('Try again');

export const composing = message('Composing');
export const reading = message('Reading');
export const loadingNetworks = message('Loading networks');
export const step = message('Step {step} of {steps}');
export const noise = message('Noise {step} of {steps}');
export const keepingBest = message('Keeping the best so far');
export const stopping = message('Stopping');
export const paused = message('Paused');
/** What is done is one of the messages above, with a small first letter. */
export const undoing = message('Undoing · {doing}');
export const seedOf = message('Seed {part} of {parts} · {doing}');
export const gradeOf = message('Grade {part} of {parts} · {doing}');
export const preview = message('Preview · {doing}');
export const stopKeepBest = message('Stop, keep the best');
export const stop = message('Stop');
export const cancel = message('Cancel');
export const timeLeft = message('about {time} left');
export const progress = message('Progress of the counterfactual');
export const goOn = message('Go on');
export const pauseAfterStep = message('Pause after this step');
export const pause = message('Pause');

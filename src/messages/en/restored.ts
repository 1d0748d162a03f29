/** A result that was dropped back: what it was asked with. {name} is its file. */

import { message } from '../message';

/** {film} is an open radiograph. */
export const restored = message('What {name} was made with is back on {film}: request, seed, mask and settings');
/** Nothing was painted for it, or the mask is not to be had. */
export const restoredWithoutMask = message('What {name} was made with is back on {film}: request, seed and settings');

export const maskNotInFile = message('Its painted mask is not in the file');
export const maskNotInFileAdvice = message(
  'An earlier release wrote it, which kept the mask apart. Import the mask’s own file, or paint it anew.',
);
export const searchedNoise = message('Its noise was found by a search');
export const searchedNoiseAdvice = message(
  'Generate starts from the seed’s own noise; “Explore” looks for a better one again.',
);

/** What is drawn may come out otherwise in another release. */
export const drawnBefore = message('A release before 0.16.0 drew it, and this one does not draw it to the same bits');
/** {release}: a version. */
export const drawnByAnother = message('Release {release} drew it, and this one may not draw it to the same bits');
export const drawnAdvice = message(
  'The file that was dropped keeps the picture as it was. Drawn again, its look may differ, and a nodule or mass whose place is not recorded may lie elsewhere: point at its place first.',
);

/** What the denoiser made may come out otherwise in another release. */
export const composedBefore = message(
  'A release before 0.18.0 erased it, and this one may not erase it to the same bits',
);
/** {release}: a version. */
export const composedByAnother = message('Release {release} made it, and this one may not make it to the same bits');
export const composedAdvice = message(
  'The file keeps the picture as it was. Made again, it may differ: before 0.17.0 the chest wall beside an erased lung became brighter, before 0.18.0 opacity was erased from the film as it was, before 0.19.0 never a second time, and metal over a lung with it, before 0.20.0 wires with it and less of it, and before 0.21.0 part of some devices.',
);

/** {source} says which film. */
export const filmMissing = message('What {name} was made from is not open: {source}');
export const filmMissingAdvice = message(
  '{name} was opened as a picture. Open the film, or the project that holds it, and request, seed and mask come back on it.',
);
export const filmMissingTaken = message(
  '{name} was opened as a picture. What was erased is kept in it: press Generate on the picture to give that back. Or open the film, or the project that holds it, and request, seed and mask come back on it.',
);
/** Several results of one film were dropped at once, and the first was taken. */
export const furtherOpened = message(
  '{count, plural, one {# further result of a film was opened as a picture} other {# further results of a film were opened as pictures}}',
);
export const furtherOpenedAdvice = message(
  'A film takes back what one result was made with: the first. For another one’s request, drop that one alone.',
);
/** {hash}: the first digits. */
export const byHash = message('SHA-256 of its stored values begins with {hash}');
export const byName = message('{file}; SHA-256 of its stored values begins with {hash}');

export const notRestored = message('What {name} was made with could not be given back');

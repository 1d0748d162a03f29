/** A result that was dropped back: what it was asked with. {name} is its file. */

import { message } from '../message';

/** {film} is an open radiograph. */
export const restored = message('What {name} was made with is back on {film}: request, seed, mask and settings');
/** Nothing was painted for it. */
export const restoredWithoutMask = message('What {name} was made with is back on {film}: request, seed and settings');

export const maskNotInFile = message('Its painted mask is not in the file');
export const maskNotInFileAdvice = message(
  'An earlier release wrote it, which kept the mask apart. Import the mask’s own file, or paint it anew.',
);
export const searchedNoise = message('Its noise was found by a search');
export const searchedNoiseAdvice = message(
  'Generate starts from the seed’s own noise; “Explore” looks for a better one again.',
);

/** {source} says which film. */
export const filmMissing = message('The film that {name} was made from is not open: {source}');
export const filmMissingAdvice = message(
  '{name} was opened as a picture. Open the film, and its request, seed and mask come back on it.',
);
/** {hash}: the first digits. */
export const byHash = message('SHA-256 of its stored values begins with {hash}');
export const byName = message('{file}; SHA-256 of its stored values begins with {hash}');

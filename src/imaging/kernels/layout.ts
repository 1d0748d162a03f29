/** Where the kernels' values lie in their memory, in bytes. */

/** Pixels of the longest row, and of the largest patch's longest side. */
export const LONGEST = 8192;
export const PATCH = 256;
/** Vectors may reach beyond a row's end. */
const SLACK = 64;

const floats = (count: number): number => 4 * count + SLACK;
const doubles = (count: number): number => 8 * count + SLACK;
/** Reach of the widest Gaussian. */
export const REACH = 32;

let end = 0;
const place = (bytes: number): number => {
  const at = end;
  end += Math.ceil(bytes / SLACK) * SLACK;
  return at;
};

/** Doubles that one call is given: weights, or what a change is held to. */
export const NUMBERS = place(doubles(REACH + 1));
/** Two at a time: each of four rows, and the row that is made of them. */
export const SLOTS = [0, 1].map(() => ({
  rows: [0, 1, 2, 3].map(() => place(floats(LONGEST))),
  out: place(floats(LONGEST)),
}));
/** One row of a change, of its mask and of the pixels that it is added to. */
export const CHANGE = place(floats(LONGEST));
export const WEIGHTS = place(LONGEST + SLACK);
export const PIXELS = place(2 * LONGEST + SLACK);
/** Of a patch to be blurred: a row as doubles, rows blurred along themselves with the first and last repeated, and a row of the result. */
export const LINE = place(doubles(PATCH + 2 * REACH));
export const ACROSS = place(floats(PATCH * (PATCH + 2 * REACH)));
export const BLURRED = place(floats(PATCH * PATCH));

/** In pages of 64 KiB. */
export const PAGES = Math.ceil(end / 65536);

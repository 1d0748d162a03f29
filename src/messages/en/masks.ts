/** The panel of masks, and what becomes of masks. */

import { message } from '../message';

export const panel = message('Masks');
export const close = message('Close masks');
export const newMask = message('New');
export const fromAnatomy = message('From the anatomy');
export const lesion = message('Lesion');
export const shape = message('Shape');
export const files = message('Files');

/** Parts of the lungs as short labels of buttons that make a mask of them. */
export const notRead = message('The anatomist has not read this radiograph yet.');

export const propose = message('Propose from the reading');
export const finding = message('Finding');
export const threshold = message('Threshold');
export const largestOnly = message('Largest region only');
export const opacityAtLeast = message('Where the reader gives opacity at least {share}.');
export const evidenceAtLeast = message(
  'Where the evidence is at least {share} of its strongest. That is how the reader decides, not a drawn border.',
);
export const nothingReaches = message('Nothing reaches this threshold. Lower it.');
export const makeMask = message('Make it a mask');
export const cancel = message('Cancel');

export const importFiles = message('Import…');
export const exportPng = message('Export PNG');
export const exportSeg = message('Export SEG');

/** {name} is what the user called the mask. */
export const nameOf = message('Name of {name}');
export const showOnPicture = message('Show {name} on the picture');
export const use = message('Use {name}');
export const more = message('More for {name}');
export const empty = message('empty');
export const none = message('None yet. Paint on the picture, or begin with the anatomy or a proposed lesion.');
export const list = message('Named masks');
export const rename = message('Rename');
export const duplicate = message('Duplicate');
export const remove = message('Delete');
export const unite = message('Add to the mask in use');
export const subtract = message('Subtract from the mask in use');
export const intersect = message('Keep of the mask in use what is in both');

/** Buttons that change the whole mask; the first four by a distance. */
export const grow = message('Grow');
export const shrink = message('Shrink');
export const feather = message('Feather');
export const smooth = message('Smooth');
export const snapToLungs = message('Snap to lungs');
export const fillHoles = message('Fill holes');
export const largestRegion = message('Largest region');
export const invert = message('Invert');
export const clear = message('Clear');
export const emptyInUse = message('The mask in use is empty: paint it first, or choose another.');
/** Before a distance: "By 5 mm". */
export const by = message('By');
export const distance = message('Distance');

/** A dropped picture that may be either. */
export const maskQuestion = message('Is {names} a mask of this radiograph?');
export const maskQuestionWhy = message(
  'It is black and white and of the same size. As a mask, its white part says where the picture may change.',
);
export const asMask = message('Use as mask');
export const asRadiograph = message('Open as radiograph');
export const neither = message('Neither');

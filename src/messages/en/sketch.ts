/** Words of what is drawn from knowledge: its amounts, its looks, and what is said about it. */

import { message } from '../message';

export const panel = message('Drawn live');
export const reconstruction = message(
  'Drawn from what is known of it: a reconstruction, not a photograph. Generate draws it at full size.',
);
export const show = message('Show it on the picture while I set it');
export const anotherShape = message('Another shape');
export const place = message('Place it');
export const placing = message('Click on the picture');
export const anywhere = message('Anywhere in the zones');
export const fromDonor = message('From the donor');
export const donorsOwn = message('It is the donor’s, in place of this patient’s own.');
export const withoutDonor = message('Draw it without the donor');
/** What an erasure took from the film on the screen, kept by the recipe of its result. */
export const takenHere = message('What was erased here');
export const givenBack = message('It is what was erased from this film, given back.');
export const drawnAnew = message('Draw it anew instead');
export const amountNamed = message('{amount}, {grade}');
export const estimated = message('Millimetres are estimated from an average thorax: the file states no scale.');
export const knows = message('How a radiologist knows it');

export const signs = message('Signs');
export const sites = message('Where');
export const sizes = message('How large');
export const attenuation = message('How dense');
export const sources = message('Sources');

export const fluidHeight = message('Height of the fluid');
/** Of what lies behind the lung. */
export const fluidDepth = message('Depth of the fluid');
export const airDepth = message('Depth of the air');
export const diameter = message('Diameter');
export const thickness = message('Thickness');
export const heartRatio = message('Heart : thorax');
export const airReplaced = message('Air replaced');
export const extent = message('Extent');
export const collapse = message('Collapse');
export const tissueGone = message('Tissue gone');
export const netAndHaze = message('Net and haze');

export const kind = message('Kind');
export const pattern = message('Pattern');
export const margin = message('Margin');
export const texture = message('Texture');
export const size = message('Size');
export const gas = message('Gas');
export const volume = message('Volume');
export const bullae = message('Bullae');
export const honeycomb = message('Honeycomb');
export const calcifiedToo = message('Calcium');
export const tension = message('Tension');
export const bronchogram = message('Bronchogram');
export const density = message('Density');
export const fluid = message('Fluid');
export const conspicuity = message('Conspicuity');
export const number = message('Number');
export const shape = message('Shape');

export const free = message('free');
export const subpulmonic = message('subpulmonic');
/** Fluid behind the lung of a patient who lies. */
export const layered = message('layered');
export const patchy = message('patchy');
export const lobar = message('lobar');
export const perihilar = message('perihilar');
export const peripheral = message('peripheral');
export const basal = message('basal');
export const groundGlass = message('ground glass');
export const smooth = message('smooth');
export const lobulated = message('lobulated');
export const spiculated = message('spiculated');
export const solid = message('solid');
export const partSolid = message('part-solid');
export const calcified = message('calcified');
export const cavitating = message('cavitating');
export const none = message('none');
export const level = message('level');
export const shown = message('shown');
export const bronchopneumonia = message('bronchopneumonia');
export const alveolar = message('alveolar');
export const interstitial = message('interstitial');
export const usual = message('usual');
export const subtle = message('subtle');
export const obvious = message('obvious');
export const one = message('one');
export const two = message('two');
export const three = message('three');
export const several = message('several');
export const many = message('many');
export const yes = message('yes');
export const no = message('no');
export const gained = message('gained');
export const kept = message('kept');
export const lost = message('lost');
export const bySeverity = message('by severity');
export const plate = message('plate');
export const segment = message('segment');
export const lobe = message('lobe');
export const byZone = message('by zone');
export const diffuse = message('diffuse');
export const plaque = message('plaque');
export const apical = message('apical');

/** Why nothing can be drawn by outlines, and the nearest thing that can be done. {image} is a file's name. */
export const noLungs = message('No lungs were found in {image}, and what is drawn is drawn by them.');
export const openFrontal = message(
  'Open an upright frontal film that shows both lungs. The sampler “Twin flow” under “Advanced” needs no outlines.',
);
/** {lung} is "right lung" or "left lung". */
export const lungMissing = message(
  'The {lung} was not found in {image}: it is white, cut off or outside the picture, and what is drawn is drawn by both lungs.',
);
export const clearLungFirst = message(
  'If it is white, remove what fills it first, or choose the sampler “Twin flow” under “Advanced”, which needs no outlines. Else open a film that shows both lungs.',
);
export const heartMissing = message(
  'The heart was not found in {image}: what covers it hides its borders, and what is drawn is drawn by them.',
);

export const heartAsWide = message('This heart already takes {ratio} of the width of the thorax.');
export const widerOrGone = message(
  'Ask for a larger or a smaller ratio, or to remove cardiomegaly: that makes a large heart narrower.',
);
/** Inside a painted mask a heart is only made larger. */
export const widerOrUnpainted = message(
  'Ask for a larger ratio, or clear the mask: without one the heart is made narrower.',
);
/** {ratio}: the heart's width over the thorax's. */
export const becomesNarrower = message('The heart takes {ratio} of the thorax now: it will be made narrower.');

/** The centre: the radiograph with its tools, and what is compared. */

import { message } from '../message';

export const radiograph = message('Radiograph');
export const tools = message('Tools');

/** Words under the tools' icons: short, a bar of 60 pixels holds them. */
export const paint = message('Paint');
export const wipe = message('Erase');
export const lasso = message('Lasso');
export const polygon = message('Polygon');
export const ellipse = message('Ellipse');
export const box = message('Box');
export const masks = message('Masks');
/** The zones become the mask. */
export const asMask = message('As mask');
export const window = message('Window');
export const pan = message('Pan');
export const zoomWord = message('Zoom');
export const zones = message('Zones');
export const invert = message('Invert');
/** Zoom to what changed. */
export const change = message('Change');
export const reset = message('Reset');
export const undo = message('Undo');
export const redo = message('Redo');

/** The start screen. */
export const claim = message('The same patient, in another world');
export const how = message(
  'Open a chest radiograph. Say what should be different: paint it, choose a zone, or write it. The same anatomy comes back with that difference and nothing else changed.',
);
export const dropHere = message('Drop a chest radiograph here');
/** {name} is a file. */
export const opening = message('Opening {name}');
export const formats = message(
  'DICOM, PNG or TIFF with 8 or 16 bits, JPEG, WebP, BMP, or a project file. Several at once, or paste one.',
);
export const privacy = message('Everything is computed in this browser. No pixel leaves this computer.');
export const privacyArchive = message(
  'Everything is computed in this browser. Results go to the archive when you send them there; nothing else leaves this computer.',
);
export const open = message('Open radiographs');
export const orSample = message('Or begin with a sample');
/** What is offered first. {title} is the sample's, in English. */
export const seeItWork = message('See it work on a real film');
export const seeItWorkDetail = message(
  '“{title}”: one press erases the opacity of one lung. You see the film as it was and as it might have been, and how far to trust that.',
);
export const eraseIt = message('Erase the opacity');
/** {credit} names who took the film, and the licence. */
export const credit = message('Film: {credit}');

export const composing = message('Composing');
export const preparing = message('Preparing');
export const pixelsComing = message('Bringing the picture from storage');
export const paused = message('Paused');

export const brushSize = message('Brush size');
export const size = message('Size');
/** Two keys. */
export const sizeKeys = message('<smaller></smaller> smaller, <larger></larger> larger');
/** {size} of the largest size there is. */
export const sizeOf = message('{size} of {most}');
export const brushHardness = message('Brush hardness');
export const hardness = message('Hardness');
export const hardnessKeys = message(
  '<softer></softer> softer, <harder></harder> harder. A soft rim lets the change fade out.',
);
export const penPressure = message('Pen pressure');
export const penPressureDetail = message(
  'With a pen, pressing harder paints wider. Mouse and finger are not affected.',
);
export const addOrSubtract = message('Add or subtract');
export const holdAlt = message('Hold Alt for the other.');
export const outlineDoes = message('What the outline does');
export const add = message('Add');
export const subtract = message('Subtract');

export const brushHint = message('Shift-click draws a line');
export const eraserHint = message('Shift-click erases a line');
export const lassoHint = message('Draw around it, release to close');
export const polygonHint = message('Click points, double-click to close');
export const ellipseHint = message('Drag; Shift makes a circle');
export const boxHint = message('Drag; Shift makes a square');
export const windowHint = message('Drag: across for width, up and down for level');
export const panHint = message('Drag to move');
export const placeHint = message('Click or drag to where its centre shall lie');
export const zoomHint = message('Drag up or down, or use the wheel');
/** {share} is a percentage of the picture. */
export const mask = message('Mask {share}');
export const maskSwitch = message('Mask {share}: show its outline over the result');

export const comparison = message('Comparison');
/** Beside the icon of a button that shows the source as long as it is held. */
export const hold = message('Hold: source');
/** An action and its key. */
export const withKey = message('{action} ({key})');
export const nothingToCompare = message('Nothing to compare yet');
export const blinking = message('Blinking');
export const pause = message('Pause');
export const start = message('Start');
export const swaps = message('Swaps a second');
export const pace = message('{rate} a second');
export const compared = message('What is compared');
export const leftPicture = message('Left picture');
export const rightPicture = message('Right picture');
/** A version with its number: two may have been asked for in the same words. */
export const versionNumber = message('{number} · {title}');
export const located = message('{finding}, {place} of {places}');
export const proposed = message('Proposed: {finding}');

export const noPicture = message('No picture');
/** Under the pointer; x and y count pixels. */
export const position = message('x {x}  y {y}');
export const nowhere = message('x –  y –');
/** A value of the file. */
export const stored = message('Stored <b>{value}</b>');
export const windowLevel = message('W <b>{width}</b> L <b>{centre}</b>');
export const zoom = message('Zoom <b>{share}</b>');
export const inverted = message('Inverted');
/** Of a file of several pictures. */
export const frameOf = message('frame {number} of {count}');
/** The line below the picture opens the details of the film. {facts} are size, bits and format. */
export const factsWithNotes = message('{facts}{count, plural, =0 {} one { · # note} other { · # notes}}');
export const showFacts = message('{facts}. Show details of the film');
export const bits = message('{bits} bit');
/** Width and height in pixels. */
export const pixels = message('{width} × {height}');
export const researchOnly = message('Research use only, not a medical device');

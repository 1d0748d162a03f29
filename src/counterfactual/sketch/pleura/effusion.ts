/**
 * Pleural effusion. Free fluid fills the hemithorax from below; the lung floats on it and draws back from the wall, so on a
 * frontal film the fluid is seen edge-on along the chest wall, where it stands highest, and through the thin layers before and
 * behind the lung in the middle, where its border fades: the meniscus. Diaphragm and heart lose their borders to it. The share
 * of the beam's path that is fluid follows from two ellipses, chest and lung, in each horizontal plane.
 */

import { SketchImpossibleError } from '../../errors';
import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { displacedChest, displacedField, type Displacement } from '../displace';
import { displacedWithGrain } from '../displacedGrain';
import { fieldAt, fieldIn, rowsInEach, smoothstep, spanAbove, type Box, type Field, type Rows } from '../field';
import { grainOf } from '../filmGrain';
import type { SketchKnowledge } from '../knowledge';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { drain, isDrainable } from './drained';
import { hemithoraxOf } from './hemithorax';
import { layersOf, type Layers } from './layers';
import { finish } from './finish';
import { fluidHemithorax } from './fluidDensity';
import { overAbdomen } from './overAbdomen';
import { layered, level, meniscus, pressedLung, spreadOf, subpulmonic } from './fluidShape';
import { ribsBehindFluid, ribsBeside } from './behindFluid';
import { boxOf, sideOfPlace, sidesOf, SIDES } from './place';
import { quietGrain } from './quietGrain';
import { heartPushed, TRACHEA } from './shift';
import { lungDensity, tissueContrast } from './solid';
import { moveTrachea } from './trachea';

/**
 * Metal is taken off before and put on again (metal/onFilm.ts). What it missed shows from so much denser than the fluid of a whole
 * hemithorax, and wholly at so much; in differences between soft tissue and lung. Crossing ribs of a film of harsh contrast are denser, by less.
 */
const METAL = [0.85, 1.1] as const;
/** The same of what is narrow (a lead), against what is broad around it: no rib stands out so much. */
const LEAD = [0.6, 0.85] as const;
/** Under air the edge of the collapsed lung is on the film already, long as a rib: fluid hides it, and with it more of the ribs. */
const KEPT_UNDER_AIR = 0.45;
/** Of what is denser than fluid (the dome of the diaphragm, the heart) so much still stands out of it; all of the spine does. */
const DENSER_KEPT = 0.15;
/** The vessels of a lung that is pressed crowd: so much more of them where all of its air is gone. */
const CROWDED = 0.5;
/** What is narrow and bright stands out of fluid by no more than this, of the contrast: else vessels hang into it as roots. */
const BRIGHTEST = 0.1;
/**
 * What is narrow over the abdomen is fainter behind fluid: the edge of a dome that lies lower than the anatomist found it is seen as
 * a line else. So much of its contrast is left.
 */
const FAINT = 0.3;
/** Fluid shows so much of the grain that the heart shows, some of which is fine structure; all of it is speckled. */
const OF_HEART = 0.6;
/** Kinds of which much pushes the heart aside. */
const PUSHES: ReadonlySet<string> = new Set(['free', 'level']);
/** Below the lungs what is darker than they are, by such shares of the contrast, is no abdomen but what lies beyond the film's edge. */
const FILM_ENDS = [0.35, 0.12] as const;
/** Less fluid than this, or less that is pressed, is none. */
const LEAST = 0.004;

interface Fluid {
  /** Share of the beam's path that is fluid, 0 to 1, on CHEST_GRID. */
  readonly share: Field;
  /** How much of the air is gone from the lung that floats on it, 0 to 1, on CHEST_GRID. */
  readonly pressed: Field;
  /** What the film becomes where all is fluid, on the working grid. */
  readonly target: Field;
  /** Density of a hemithorax that is all fluid, without ribs; 1 where nothing is drawn. */
  readonly solid: Field;
  /** The film without what is narrow. */
  readonly broad: Field;
  /** 0 to 1, on CHEST_GRID: over the abdomen the film is not replaced, `lift` is added to it. */
  readonly added: Field;
  /** Density that fluid of the whole depth adds to the abdomen behind it, on CHEST_GRID. */
  readonly lift: Field;
  /** 0 to 1 over the spine, of which fluid hides nothing, on CHEST_GRID: each row as the others. */
  readonly spine: Field;
  /** Where the lungs end, as a share of the film's height, and how dense they are. */
  readonly foot: number;
  readonly lung: number;
  /** Between soft tissue and lung. */
  readonly contrast: number;
  /** What the film shows where there is nothing but grain, for a box. */
  readonly grain: (box: Box) => Rows;
}

export const effusion: Sketcher = {
  finding: 'effusion',
  // Share of the lung's height: a blunted angle, the diaphragm's dome, the middle of the chest, all but the apex.
  amount: { unit: 'share', min: 0.03, max: 1, bySeverity: [0.05, 0.16, 0.4, 0.8] },
  options: [{ name: 'kind', choices: ['free', 'subpulmonic', 'layered', 'level'] }],
  harmonise: 0,
  removes: { amount: 0, painted: 'either', lessens: true, harmonise: 0.85, finds: isFound },
  draw,
};

/** @throws SketchImpossibleError where the places name no side or only upper zones */
function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  if (request.remove === true) return drained({ image, chest }, request);
  const sides = sidesOf(chest, request);
  refuseHighPlaces(request);
  const amount = amountOf(effusion.amount, request);
  const shiftMm = sides.length === 1 && PUSHES.has(request.options.kind ?? 'free') ? shiftOf(amount) : 0;
  const push = shiftMm > 0 ? heartPushed(chest, sides[0] as ChestSide, shiftMm) : undefined;
  const fluid = fluidOf(image, chest, push, sides, amount, request);
  const box = boxOf(
    (cell) =>
      (fluid.share.data[cell] as number) > 0 ||
      (fluid.pressed.data[cell] as number) > 0 ||
      (push !== undefined && Math.abs(push.x.data[cell] as number) > 0),
    image.width,
    image.height,
  );
  if (box === undefined) throw nothingToDraw();
  const moved =
    push === undefined
      ? undefined
      : { film: displacedWithGrain(image, wholeGrain(image, chest, box), push, box), far: push.x };
  if (moved !== undefined)
    moveTrachea(moved.film, box, image, chest, { from: sides[0] as ChestSide, byMm: TRACHEA * shiftMm });
  const sketch = poured(image, moved?.film, fluid, box);
  finish(sketch, { image, moved, box, mask: request.mask });
  const height = Math.max(...sides.map((side) => chest[side].costophrenic.y - chest[side].apex.y));
  return {
    box,
    ...sketch,
    figures: { amount, levelShare: amount, levelMm: amount * height * chest.millimetresPerRow, shiftMm },
  };
}

/** As loud as over the heart. */
function wholeGrain(image: DensityImage, chest: Chest, box: Box): Rows {
  return quietGrain(image, layersOf(image, chest), chest, box, grainOf(image, chest));
}

/** Down to the level that is left, which has a meniscus of its own. */
function drained(context: SketchContext, request: SketchRequest): Sketch {
  return drain(context, request, drainedSides(context, request), remaining(request));
}

function isFound(context: SketchContext, request: SketchRequest): boolean {
  return isDrainable(context, request, drainedSides(context, request), remaining(request));
}

function drainedSides({ chest }: SketchContext, request: SketchRequest): readonly ChestSide[] {
  return request.places.length === 0 && request.mask === undefined ? SIDES : sidesOf(chest, request);
}

function remaining({ amount: left = 0, seed }: SketchRequest): (chest: Chest, side: ChestSide) => Field | undefined {
  return (chest, side) => (left <= 0 ? undefined : meniscus(chest, side, hemithoraxOf(chest, side), left, seed));
}

/** Heart and trachea are pushed away by what fills more than half of a hemithorax. */
function shiftOf(amount: number): number {
  return 28 * smoothstep(0.5, 1, amount);
}

/** The fluid of all sides asked, the film's detail that stays behind it, and what the hemithorax would be if it were all fluid. */
function fluidOf(
  image: DensityImage,
  before: Chest,
  push: Displacement | undefined,
  sides: readonly ChestSide[],
  amount: number,
  request: SketchRequest,
): Fluid {
  const still = layersOf(image, before);
  // What is found in a film that is pushed aside is what was found in it before, pushed aside.
  const pushedAside = (field: Field): Field => (push === undefined ? field : displacedField(field, push));
  const layers: Layers =
    push === undefined ? still : { ...still, film: pushedAside(still.film), broad: pushedAside(still.broad) };
  const chest = push === undefined ? before : displacedChest(before, push);
  const fluids = sides.map((side) => {
    const hemithorax = hemithoraxOf(chest, side);
    const share =
      request.options.kind === 'subpulmonic'
        ? subpulmonic(chest, side, hemithorax, amount, request.seed)
        : request.options.kind === 'layered'
          ? layered(chest, side, hemithorax, amount, request.seed)
          : request.options.kind === 'level'
            ? level(chest, hemithorax, amount)
            : meniscus(chest, side, hemithorax, amount, request.seed);
    const density = fluidHemithorax(layers, chest, side);
    return {
      share,
      density,
      abdomen: overAbdomen(layers, chest, hemithorax, density, spreadOf(amount)),
      ribs: pushedAside(ribsBehindFluid(still, before, side)),
      beside: ribsBeside(chest, hemithorax),
      spine: hemithorax.overSpine,
    };
  });
  // Where two sides are asked they do not meet.
  const share = greatestOf(fluids.map((fluid) => fluid.share));
  const { width, height } = layers.film;
  const isUnderAir = request.options.kind === 'level';
  const ribsKept = isUnderAir ? KEPT_UNDER_AIR : 1;
  const target = layers.film.data.slice();
  const solid = new Float32Array(target.length).fill(1);
  for (const fluid of fluids) {
    const box = boxOf((cell) => (fluid.share.data[cell] as number) > 0, width, height);
    if (box === undefined) continue;
    const [own, greatest, behind, kept, spine] = [fluid.share, share, fluid.density, fluid.beside, fluid.spine].map(
      (field) => fieldIn(field, box, width, height),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
    for (let j = 0, at = 0; j < box.height; j++) {
      for (let i = 0, cell = (box.y + j) * width + box.x; i < box.width; i++, at++, cell++) {
        if ((own[at] as number) < (greatest[at] as number)) continue;
        solid[cell] = behind[at] as number;
        const over = Math.max(0, (layers.broad.data[cell] as number) - (behind[at] as number));
        const ribs = ribsKept * (kept[at] as number) * (fluid.ribs.data[cell] as number);
        const denser = DENSER_KEPT + (1 - DENSER_KEPT) * (spine[at] as number);
        target[cell] = (behind[at] as number) + denser * over + ribs;
      }
    }
  }
  return {
    share,
    pressed: pressedLung(chest, sides, share, (request.options.kind ?? 'free') === 'free' ? amount : 0, request.seed),
    target: { width, height, data: target },
    solid: { width, height, data: solid },
    broad: layers.broad,
    added: ofItsSide(fluids, ({ abdomen }) => abdomen.added),
    lift: ofItsSide(fluids, ({ abdomen }) => abdomen.lift),
    spine: greatestOf(fluids.map(({ spine }) => spine)),
    foot: Math.max(before.right.bottom, before.left.bottom) / before.right.share.height,
    lung: lungDensity(still, before),
    contrast: tissueContrast(layers, chest),
    grain: (box) => quietGrain(image, still, before, box, OF_HEART * grainOf(image, before)),
  };
}

function greatestOf([first, second]: readonly Field[]): Field {
  if (first === undefined) throw new RangeError('no side of the chest was asked');
  if (second === undefined) return first;
  return { ...first, data: first.data.map((own, cell) => Math.max(own, second.data[cell] as number)) };
}

/** What lies below one dome is lung of the other side: each place is told by the fluid that is there, and least where there is none. */
function ofItsSide<Side extends { readonly share: Field }>(
  [first, second]: readonly Side[],
  of: (side: Side) => Field,
): Field {
  if (first === undefined) throw new RangeError('no side of the chest was asked');
  if (second === undefined) return of(first);
  const [one, other] = [of(first), of(second)];
  const { width, height } = one;
  const data = one.data.map((own, cell) => {
    const its = other.data[cell] as number;
    const [u, v] = [((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height];
    const [here, there] = [fieldAt(first.share, u, v), fieldAt(second.share, u, v)];
    if (here === there) return Math.min(own, its);
    return here > there ? own : its;
  });
  return { width, height, data };
}

/**
 * The film's own grain on the fluid's density, by the share of fluid: [box.height x box.width] each.
 * @param moved the film where it was pushed aside, [box.height x box.width]
 */
function poured(
  image: DensityImage,
  moved: Float32Array | undefined,
  fluid: Fluid,
  box: Box,
): { readonly change: Float32Array; readonly mask: Uint8Array } {
  const { width, height } = image;
  const [weightRows, pressedRows, targetRows, solidRows, broadRows, addedRows, liftRows] = rowsInEach(
    [fluid.share, fluid.pressed, fluid.target, fluid.solid, fluid.broad, fluid.added, fluid.lift],
    box,
    width,
    height,
  );
  const grainRows = fluid.grain(box);
  const spine = Float32Array.from({ length: box.width }, (_, i) =>
    fieldAt(fluid.spine, (box.x + i + 0.5) / width, 0.5),
  );
  const dimmed = (own: number, solid: number, broad: number): number =>
    smoothstep(METAL[1], METAL[0], (own - solid) / fluid.contrast) *
    smoothstep(LEAD[1], LEAD[0], (own - broad) / fluid.contrast);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (let j = 0; j < box.height; j++) {
    const [weights, pressings] = [weightRows(j, 0, box.width), pressedRows(j, 0, box.width)];
    const [one, other] = [spanAbove(weights, LEAST, box.width), spanAbove(pressings, LEAST, box.width)];
    const [from, to] =
      one[0] === one[1]
        ? other
        : other[0] === other[1]
          ? one
          : [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
    const [targets, solids, broads, grain, addeds, lifts] = [
      targetRows(j, from, to),
      solidRows(j, from, to),
      broadRows(j, from, to),
      grainRows(j, from, to),
      addedRows(j, from, to),
      liftRows(j, from, to),
    ];
    const isBelow = box.y + j > fluid.foot * height;
    const start = (box.y + j) * width + box.x;
    for (let i = from, at = j * box.width + from; i < to; i++, at++) {
      const weight = weights[i] as number;
      const pressed = pressings[i] as number;
      if (weight < LEAST && pressed < LEAST) continue;
      const broad = broads[i] as number;
      const own = (moved === undefined ? image.values[start + i] : moved[at]) as number;
      const haze = (1 - weight) * pressed * fluid.contrast;
      const added = addeds[i] as number;
      // What is denser than fluid already gains nothing.
      const lift = Math.min(lifts[i] as number, Math.max(0, (solids[i] as number) - broad));
      const replaced = weight * (1 - added);
      // Densities along the beam add: vessels keep their contrast under a thin layer of fluid, and go late, as the air does.
      const bare = 1 - (spine[i] as number);
      const lost = bare * weight * weight * (1 - FAINT * added);
      const detail = own - broad;
      const drowned = bare * weight;
      const seen = detail > 0 ? detail / (1 + (drowned * detail) / (BRIGHTEST * fluid.contrast)) : detail;
      const wanted =
        replaced * ((targets[i] as number) - broad) +
        weight * added * lift +
        (1 - lost + CROWDED * pressed * (1 - weight)) * seen -
        detail +
        Math.max(bare * replaced, lost) * (grain[i] as number) +
        haze;
      const darker = (fluid.lung - broad) / fluid.contrast;
      const shows = isBelow ? smoothstep(FILM_ENDS[0], FILM_ENDS[1], darker) : 1;
      change[at] = shows * (wanted < 0 ? wanted * dimmed(own, solids[i] as number, broad) : wanted);
      mask[at] = Math.max(1, Math.round(255 * Math.max(weight, Math.min(1, 2 * pressed))));
    }
  }
  return { change, mask };
}

function refuseHighPlaces({ places, mask, options }: SketchRequest): void {
  const zones = places.filter((place) => sideOfPlace(place) !== undefined);
  if (mask !== undefined || zones.length === 0 || zones.some((place) => !place.endsWith('upper'))) return;
  throw new SketchImpossibleError(
    `Free fluid sinks: ${options.kind === 'subpulmonic' ? 'a subpulmonic' : 'an'} effusion is not found in an upper zone alone.`,
    'Choose the lower zone of that side, with the middle and upper ones too for a large effusion.',
  );
}

function nothingToDraw(): SketchImpossibleError {
  return new SketchImpossibleError(
    'The base of that lung is not on this radiograph.',
    'Choose the other side, or a film that shows both costophrenic angles.',
  );
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'effusion',
  signs: [
    'The costophrenic angle is blunted: the first sign on an upright film.',
    'A dense, even shadow at the base whose upper border is concave and rises toward the chest wall (the meniscus).',
    'The diaphragm and the border of the heart beside it can no longer be seen.',
    'A large one whitens the hemithorax and pushes heart and trachea to the other side.',
    'With air in the same pleural space its upper border is a straight, horizontal line (hydropneumothorax).',
    'Of a patient who lies it layers behind the lung: a veil over the hemithorax, denser toward the base, through which vessels are seen; the dome is blurred.',
    'Subpulmonic fluid looks like a raised diaphragm whose highest point has moved outward.',
  ],
  sites: ['The base of a pleural space, where gravity takes it; right, left or both.'],
  sizes: [
    '175 to 525 ml blunt the lateral costophrenic angle on an upright frontal film; a lateral film shows less.',
    'A moderate or large one hides the diaphragm.',
  ],
  attenuation: [
    'Fluid is as dense as soft tissue: it takes on the density of heart and abdomen beside it. Ribs stay faintly visible, vessels do not.',
  ],
  companions: ['atelectasis', 'cardiomegaly', 'edema', 'consolidation'],
  sources: [
    'Recognition of pleural effusion on supine radiographs: how much fluid is required? (volumes that blunt the lateral angle).',
    'Kitazono MT et al. Differentiation of pleural effusions from parenchymal opacities: accuracy of bedside chest radiography. AJR 2010.',
    'Light RW. Pleural Diseases, 4th ed. Lippincott Williams & Wilkins, 2001: chapter on radiography.',
    'Hansell DM et al. Fleischner Society: glossary of terms for thoracic imaging. Radiology 2008;246:697-722.',
  ],
};

/**
 * Pneumothorax. Air between lung and chest wall gathers at the top of an upright chest: the lung draws back toward its hilum,
 * its outline a hair-thin line parallel to the wall; beyond it there are no vessels, while ribs and grain stay; the lung itself
 * loses volume and is a little denser. Under tension the mediastinum goes to the other side and the diaphragm down.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { displaced, displacedChest, displacedImage, displacementOf, type Displacement } from '../displace';
import { blurred, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Box, type Field } from '../field';
import { keptByPair } from '../kept';
import type { SketchKnowledge } from '../knowledge';
import { smoothNoise, uniforms } from '../noise';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { clearing, fallenTogether, greatest, LUNG_TISSUE, pathThrough, pressedWith } from './fallenLung';
import { finish } from './finish';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import { grainOf, layersOf, type Layers } from './layers';
import { boxOf, refuseTwoSides, sidesOf } from './place';
import { ribsOf } from './ribs';
import { pushed } from './shift';
import { solidHemithorax, tissueDensity } from './solid';
import { wallOf, type Wall } from './wall';

/** Of its tissue, what stays in lung that falls together; and how dense it gets at the most, of water in its place. */
const BLOOD_KEPT = 0.9;
const MOST_DENSE = 0.38;
/** A lung that is not wholly down wanders from its arc by so many mm. */
const WANDERS_MM = 2.2;
/** Below the hilum the lung that is down reaches further, by the inverse of this. */
const SAGS = 0.5;
/** How uneven its outline is, in mm. */
const LOBED_MM = 5;
/** Density of the pleural line, as a share of the difference between soft tissue and lung. */
const LINE = 0.12;
/** Of it, what is lost where the lung beside it is dense, and how soft its border is there, in mm to each side. */
const LINE_LOST = 0.8;
const SOFT_MM = 1.3;
/** Of the line, what is lost where it crosses a rib; of what is darker than lung, what is lost in one that is down. */
const LOST_ON_RIBS = 0.5;
const BRONCHI_LOST = 0.7;
/** Width of the pleural line in mm, and at least in pixels. */
const LINE_MM = 0.55;
const LINE_PIXELS = 0.9;

export const pneumothorax: Sketcher = {
  finding: 'pneumothorax',
  // Depth of the air at the apex, in mm: a rim, small (< 3 cm apex to cupola), large, complete.
  amount: { unit: 'mm', min: 4, max: 140, bySeverity: [7, 18, 45, 110] },
  options: [{ name: 'tension', choices: ['no', 'yes'] }],
  harmonise: 0,
  draw,
};

/** The lung drawn back, on CHEST_GRID. */
interface Collapse {
  /** Signed distance to the visceral pleura in mm, positive in the lung that is left. */
  readonly inside: Field;
  /** Where lung was: 1 inside, 0 at its borders and beyond. */
  readonly lung: Field;
  /** 1 between the lung as the anatomist outlines it and heart or mediastinum, of which it stops short. */
  readonly beside: Field;
  /** 0 where the line meets mediastinum or wall, else 1, varied by the seed. */
  readonly line: Field;
  /** 1 where air lies beside the lung at this height, 0 where the lung still fills its space. */
  readonly apart: Field;
  /** How broad it is, times its usual width. */
  readonly width: Field;
  readonly displacement: Displacement;
  /** Of the lung's area, what is left. */
  readonly left: number;
  readonly hilarMm: number;
}

/** @throws SketchImpossibleError where the places name no side or both */
function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const sides = sidesOf(chest, request);
  refuseTwoSides(sides, request);
  const side = sides[0] as ChestSide;
  const amount = amountOf(pneumothorax.amount, request);
  const isTense = request.options.tension === 'yes';
  const push = isTense
    ? pushed(chest, {
        from: side,
        mediastinumMm: 8 + 14 * smoothstep(10, 110, amount),
        diaphragmMm: 6 + 12 * smoothstep(10, 110, amount),
      })
    : undefined;
  const film = push === undefined ? image : displacedImage(image, push);
  const moved = push === undefined ? chest : displacedChest(chest, push);
  const hemithorax = hemithoraxOf(moved, side);
  const collapse = collapseOf(moved, hemithorax, wallOf(moved, hemithorax), amount, request.seed);
  const box = boxOf(
    (cell) =>
      (collapse.lung.data[cell] as number) > 0 ||
      (collapse.beside.data[cell] as number) > 0 ||
      (push !== undefined && Math.hypot(push.x.data[cell] as number, push.y.data[cell] as number) > 0),
    image.width,
    image.height,
  );
  if (box === undefined) throw new Error('a lung without cells is no lung');
  const sketch = drawnBack(film, moved, hemithorax, collapse, box, request.seed);
  finish(sketch, {
    image,
    film,
    moved:
      push === undefined
        ? undefined
        : { ...push.x, data: push.x.data.map((x, cell) => Math.hypot(x, push.y.data[cell] as number)) },
    box,
    mask: request.mask,
  });
  return {
    box,
    ...sketch,
    figures: { amount, apicalMm: amount, hilarMm: collapse.hilarMm, lungAreaLeft: collapse.left },
  };
}

/** How deep the air is along the wall: deepest at the apex, none at the base of a small one, everywhere in a complete one. */
function collapseOf(chest: Chest, hemithorax: Hemithorax, wall: Wall, amount: number, seed: number): Collapse {
  const { lung, height, across, lateral, medial } = hemithorax;
  const { aspect, millimetresPerRow: mm } = chest;
  const [a = 0.5, b = 0.5, c = 0.5] = uniforms(seed, 30, 3);
  // A small one stays at the apex, one of some 5 cm goes halfway down the wall or further, a large one to the diaphragm.
  const extent = 0.28 + 0.1 * a + amount / 105 + Math.max(0, amount - 50) / 55;
  const power = 0.9 + 0.4 * b;
  const apical = Math.min(0.8 * extent, amount / mm / height);
  const [uneven, lobes, wander] = [
    smoothNoise(seed, 31, 0.07),
    smoothNoise(seed, 35, 0.075),
    smoothNoise(seed, 36, 0.05),
  ];
  const rise = Math.max(0, amount - 70) * 0.2;
  // What hangs together with the diaphragm, and the weight of the lower lobe, keep the base further out than the rest.
  const sags = (0.6 + 0.25 * c) * smoothstep(30, 90, amount);
  const floor = blurred({ width: CHEST_GRID, height: 1, data: known(lung.floor) }, 3, 0).data;
  const depthAt = (x: number, y: number): number => {
    const v = Math.max(0, (y - lung.apex.y) / height);
    const profile = Math.min(1.12, Math.max(0, (extent - v) / (extent - apical)) ** power);
    const kept = 1 - sags * smoothstep(0.35, 0.95, v);
    return amount * profile * kept * (1 + 0.07 * fieldAt(uneven, x / CHEST_GRID, y / CHEST_GRID));
  };
  // However complete: bronchi and vessels hold a fist of lung at the hilum, about a sixth of the lung's height each way, which sags.
  const fist = (0.17 + 0.03 * a) * height * mm;
  const hilumAt = (x: number, y: number): number => {
    const down = y - lung.hilum.y - 0.05 * height;
    return (
      fist -
      Math.hypot(
        (x - lung.hilum.x) * aspect * mm * (1.35 - 0.4 * smoothstep(0, 0.2 * height, down)),
        down * mm * (down > 0 ? SAGS : 0.75),
      ) *
        (1 + 0.16 * fieldAt(lobes, x / CHEST_GRID, y / CHEST_GRID))
    );
  };
  // Lobes fall together each for itself: the outline of a lung that is mostly down is no arc.
  const lobed = LOBED_MM * smoothstep(40, 100, amount);
  const wanders = WANDERS_MM * smoothstep(6, 24, amount);
  const inside = blurred(
    makeField(CHEST_GRID, (column, row) => {
      const cell = row * CHEST_GRID + column;
      const own =
        (wall.distance.data[cell] as number) -
        depthAt(column + 0.5, row + 0.5) +
        lobed * fieldAt(lobes, (column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID) +
        wanders * fieldAt(wander, (column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID);
      if (rise === 0) return Math.max(own, hilumAt(column + 0.5, row + 0.5));
      // The base lifts off the diaphragm as the lung falls together, less near the mediastinum; the two borders meet in a round corner.
      const lifted = rise * smoothstep(-1, -0.2, across.data[cell] as number);
      const base = ((floor[column] as number) - row - 0.5) * mm - lifted;
      const k = 14;
      const mix = Math.min(1, Math.max(0, 0.5 + (base - own) / (2 * k)));
      return Math.max(own * mix + base * (1 - mix) - k * mix * (1 - mix), hilumAt(column + 0.5, row + 0.5));
    }),
    1.6,
  );
  const within: Field = {
    ...lung.share,
    data: lung.share.data.map(
      (share, cell) => smoothstep(0.35, 0.8, share) * smoothstep(-0.5, 2.5, (lung.depth.data[cell] as number) * mm),
    ),
  };
  const [ripple, along, breadth] = [
    smoothNoise(seed, 32, 0.025),
    smoothNoise(seed, 33, 0.055),
    smoothNoise(seed, 34, 0.04),
  ];
  const line = makeField(CHEST_GRID, (column, row) => {
    const cell = row * CHEST_GRID + column;
    const fromMedial =
      ((across.data[cell] as number) + 1) *
      0.5 *
      Math.abs((medial[row] as number) - (lateral[row] as number)) *
      aspect *
      mm;
    // Where the pleura lies along the beam it is crisp and bright, where it turns away from it it is lost in the lung behind it.
    const [u, v] = [(column + 0.5) / CHEST_GRID, (row + 0.5) / CHEST_GRID];
    const wave = 0.74 + 0.5 * fieldAt(along, u, v) + 0.05 * fieldAt(ripple, u, v);
    return (
      smoothstep(7, 26, Math.min(fromMedial, (lung.depth.data[cell] as number) * mm + 2.5 + fromMedial * 0.1)) *
      smoothstep(0.6, 2.6, depthAt(column + 0.5, row + 0.5)) *
      smoothstep(0.4, 1.8, wall.distance.data[cell] as number) *
      Math.min(1.25, Math.max(0.06, wave))
    );
  });
  const apart = makeField(CHEST_GRID, (x, y) => smoothstep(1, 9, depthAt(x + 0.5, y + 0.5)));
  const width = makeField(
    128,
    (x, y) => 1 + 0.32 * Math.max(-1.5, Math.min(2, fieldAt(breadth, (x + 0.5) / 128, (y + 0.5) / 128))),
  );
  const beside: Field = {
    ...within,
    data: within.data.map(
      (share, cell) =>
        Math.max(0, (hemithorax.reach.data[cell] as number) - share) *
        smoothstep(-0.3, -0.6, across.data[cell] as number) *
        smoothstep(-2, 6, inside.data[cell] as number),
    ),
  };
  const displacement = drawingBack(chest, hemithorax, wall, inside, depthAt);
  let [all, kept] = [0, 0];
  within.data.forEach((share, cell) => {
    all += share;
    if ((inside.data[cell] as number) > 0) kept += share;
  });
  const hilum = depthAt(lung.hilum.x, lung.hilum.y);
  return {
    inside,
    lung: within,
    beside,
    line,
    apart,
    width,
    displacement,
    left: kept / Math.max(all, 1),
    hilarMm: hilum,
  };
}

/** The lung that is left shows what lay further out: linear along each way from wall to mediastinum. */
function drawingBack(
  chest: Chest,
  { lateral, medial }: Hemithorax,
  wall: Wall,
  inside: Field,
  depthAt: (x: number, y: number) => number,
): Displacement {
  const { aspect, millimetresPerRow: mm } = chest;
  const shift = blurred(
    makeField(CHEST_GRID, (column, row) => {
      const cell = row * CHEST_GRID + column;
      const left = inside.data[cell] as number;
      if (left < -4) return 0;
      const depth = Math.max(0, depthAt(column + 0.5, row + 0.5));
      const reach = Math.max(depth + 12, Math.abs((medial[row] as number) - (lateral[row] as number)) * aspect * mm);
      return depth * Math.max(0, 1 - Math.max(0, left) / (reach - depth));
    }),
    2,
  );
  return displacementOf((x, y) => {
    const cell = Math.floor(y) * CHEST_GRID + Math.floor(x);
    const rows = (shift.data[cell] as number) / mm;
    return [((wall.inward[0].data[cell] as number) * rows) / aspect, (wall.inward[1].data[cell] as number) * rows];
  });
}

/** [box.height x box.width] each. */
function drawnBack(
  film: DensityImage,
  chest: Chest,
  hemithorax: Hemithorax,
  collapse: Collapse,
  box: Box,
  seed: number,
): { readonly change: Float32Array; readonly mask: Uint8Array } {
  const { width, height } = film;
  const layers = layersOf(film, chest);
  const still = withoutVessels(layers, hemithorax);
  const read = (field: Field): Float32Array => fieldIn(field, box, width, height);
  const [inside, lung, beside, line, breadth, stillIn, filmIn, broadIn, apartIn] = [
    read(collapse.inside),
    read(collapse.lung),
    read(collapse.beside),
    read(collapse.line),
    read(collapse.width),
    read(still),
    read(layers.film),
    read(layers.broad),
    read(collapse.apart),
  ];
  const solid = solidHemithorax(layers, chest, hemithorax.lung.side);
  const low = fieldIn(layers.broad, { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID }, CHEST_GRID, CHEST_GRID);
  // What water in place of the lung would add, smooth.
  const water = blurred(
    { ...solid, data: solid.data.map((value, cell) => Math.max(0, value - (low[cell] as number))) },
    4,
  );
  const contrast = greatest(water.data, 0.97);
  const pressedIn = read(pressedWith(water, chest, hemithorax));
  const solidIn = read(solid);
  // A lung that is down stays lighter than the heart that it lies beside.
  const dense = tissueDensity(layers, chest).chest - 0.3 * contrast;
  const dark = read(clearing(water, low, collapse.lung));
  // Its tissue and blood stay in it: pressed into the share of its area that is left, with less blood in what is not breathed.
  const denser = Math.min(MOST_DENSE, BLOOD_KEPT * LUNG_TISSUE * (1 / Math.max(0.1, collapse.left) - 1));
  const detail = new Float32Array(width * height);
  for (let j = 0, at = 0; j < box.height; j++)
    for (let i = 0; i < box.width; i++, at++) {
      const pixel = (box.y + j) * width + box.x + i;
      // Only what lies in the lung moves with it.
      detail[pixel] = ((film.values[pixel] as number) - (stillIn[at] as number)) * (lung[at] as number);
    }
  const carried = displaced({ values: detail, width, height }, collapse.displacement, box);
  const [sideways, upward] = [read(collapse.displacement.x), read(collapse.displacement.y)];
  const farMm = CHEST_GRID * chest.millimetresPerRow;
  const most = 3 * grainOf(film, filmIn, box);
  const pixelMm = (CHEST_GRID / height) * chest.millimetresPerRow;
  // A lung that is down is round in depth, too, and moves with the heart: its border is softer, and needs no line to be seen.
  const down = smoothstep(0.12, 0.4, denser);
  const edge = Math.max(0.5 * pixelMm, 0.12 + SOFT_MM * down);
  const lining = LINE * contrast * (1 - LINE_LOST * down);
  const [outer, inner] = [
    Math.max(LINE_MM * 0.5, LINE_PIXELS * 0.55 * pixelMm),
    Math.max(LINE_MM, LINE_PIXELS * pixelMm),
  ];
  const fallen = fallenTogether(chest, hemithorax, seed, down, box, [width, height]);
  const change = new Float32Array(lung.length);
  const mask = new Uint8Array(lung.length);
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const share = lung[at] as number;
      // Lung that the anatomist left out, and not the heart itself.
      const outside = (beside[at] as number) * smoothstep(0.05, 0.4, (dense - (filmIn[at] as number)) / contrast);
      if (share < 0.004 && outside < 0.004) continue;
      const own = film.values[pixel] as number;
      const depth = inside[at] as number;
      const isLung = smoothstep(-edge, edge, depth);
      const grain = Math.min(most, Math.max(-most, own - (filmIn[at] as number)));
      const air = (stillIn[at] as number) + grain - (dark[at] as number);
      // Pressed together, its markings blur into one another.
      const marked =
        1 - 0.8 * smoothstep(8, 60, farMm * Math.hypot((sideways[at] as number) * chest.aspect, upward[at] as number));
      const room =
        Math.min(dense, solidIn[at] as number) - Math.max(stillIn[at] as number, outside * (filmIn[at] as number));
      const path = 1 - (apartIn[at] as number) * (1 - pathThrough(depth));
      const tissue = Math.min(denser * (fallen[at] as number) * (pressedIn[at] as number), Math.max(0, room));
      // A border that lies within tissue is thin lung at first, and no step.
      const body = tissue + (dark[at] as number);
      const mark = carried[at] as number;
      const marks = marked * (mark < 0 ? (1 - BRONCHI_LOST * down) * mark : mark) + (1 - marked) * grain;
      const kept = (stillIn[at] as number) - (dark[at] as number) + marks + path * body;
      const broad = breadth[at] as number;
      const away = (depth - 0.4 * inner) / ((depth < 0.4 * inner ? outer : inner) * broad);
      const rib = ((stillIn[at] as number) - (broadIn[at] as number)) / contrast;
      const lined = (lining / broad) * (line[at] as number) * (1 - LOST_ON_RIBS * smoothstep(0.02, 0.1, rib));
      const drawn = air + isLung * (kept - air) + (away * away < 9 ? lined * Math.exp(-away * away) : 0);
      change[at] = share * (drawn - own) + outside * tissue * path;
      mask[at] = Math.max(1, Math.round(255 * Math.max(share, outside)));
    }
  }
  return { change, mask };
}

/** The film on the working grid with its vessels gone and its ribs there. */
const withoutVessels = keptByPair((layers: Layers, hemithorax: Hemithorax): Field => {
  const ribs = ribsOf(layers, hemithorax);
  return { ...layers.film, data: layers.broad.data.map((low, cell) => low + (ribs.data[cell] as number)) };
});

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'pneumothorax',
  signs: [
    'The visceral pleura is seen as a thin, sharp white line parallel to the chest wall.',
    'Beyond that line there are no vessels; the ribs go on.',
    'On an upright film the air gathers at the apex first.',
    'Under tension the heart and trachea move to the other side and the diaphragm of that side is low and flat.',
  ],
  sites: ['Between lung and chest wall: at the apex when upright; in the deep costophrenic angle when lying.'],
  sizes: [
    'Large: 2 cm or more between lung and wall at the level of the hilum (British Thoracic Society).',
    'Large: 3 cm or more from the apex of the lung to the cupola (American College of Chest Physicians).',
    'A rim of 2 cm at the hilum is about half of the hemithorax by volume.',
  ],
  attenuation: [
    'Air takes the place of lung, about a fourth of which is tissue and blood: a little darker than lung. The lung that is left is denser as it gets smaller.',
  ],
  companions: ['effusion', 'emphysema', 'atelectasis'],
  sources: [
    'MacDuff A, Arnold A, Harvey J. Management of spontaneous pneumothorax: British Thoracic Society pleural disease guideline 2010. Thorax 2010;65(Suppl 2):ii18-ii31.',
    'Baumann MH et al. Management of spontaneous pneumothorax: an American College of Chest Physicians Delphi consensus statement. Chest 2001;119:590-602.',
    'Hansell DM et al. Fleischner Society: glossary of terms for thoracic imaging. Radiology 2008;246:697-722.',
  ],
};

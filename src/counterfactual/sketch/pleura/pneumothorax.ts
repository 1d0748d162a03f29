/**
 * Pneumothorax. Air between lung and chest wall gathers at the top of an upright chest: the lung draws back toward its hilum,
 * its outline a hair-thin line parallel to the wall; beyond it there are no vessels, while ribs and grain stay; the lung itself
 * loses volume and is a little denser. Under tension the mediastinum goes to the other side and the diaphragm down.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { displacedChest, displacedRows, type Displacement } from '../displace';
import { displacedWithGrain } from '../displacedGrain';
import { CHEST_GRID, fieldIn, keptRowsIn, rowsIn, rowsInEach, smoothstep, type Box, type Field } from '../field';
import { grainOf as filmGrain } from '../filmGrain';
import type { SketchKnowledge } from '../knowledge';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { collapseOf, type Collapse } from './collapse';
import { fallenTogether, LUNG_TISSUE, pathThrough } from './fallenLung';
import { finish } from './finish';
import { groundOf } from './ground';
import { hemithoraxOf, type Hemithorax } from './hemithorax';
import { grainOf, layersOf, type Layers } from './layers';
import { drawnBackFor } from './outline';
import { boxOf, refuseTwoSides, sidesOf } from './place';
import { grainBeside, quietGrain } from './quietGrain';
import { pushed, TRACHEA } from './shift';
import { moveTrachea } from './trachea';
import { wallOf } from './wall';

/** Of its tissue, what stays in lung that falls together; and how dense it gets at the most, of water in its place. */
const BLOOD_KEPT = 0.9;
const MOST_DENSE = 0.33;
/** Density of the pleural line, as a share of the difference between soft tissue and lung. */
const LINE = 0.15;
/** Of it, what is lost where the lung beside it is dense, and how soft its border is there, in mm to each side. */
const LINE_LOST = 0.8;
const SOFT_MM = 1.8;
/** Of the line, what is lost where it crosses a rib; of what is darker than lung, what is lost in one that is down. */
const LOST_ON_RIBS = 0.65;
const BRONCHI_LOST = 0.7;
/** Of its markings, what is lost where they are pressed together by so many mm; and the brightest that vessels are, as a share of the same difference. */
const MARKS_LOST = 0.88;
const MARKS_PRESSED_MM = [10, 80] as const;
const BRIGHTEST_MARK = 0.2;
/** Of the markings that lay where a lung that is down lies now, what is still there. */
const HILAR = 0.35;
const HILAR_DARK = 0.2;
/** How much softer a border is that turns away from the beam. */
const TURNED = 6;
/** Where less of a pixel than this is lung, nothing is drawn. */
const LEAST = 0.004;
/** Width of the pleural line in mm, and at least in pixels. */
const LINE_MM = 0.9;
const LINE_PIXELS = 1.25;
/** On coarse pixels so much of its strength is left at least: else it could not be followed (decision 136). */
const LEAST_SPREAD = 0.9;

export const pneumothorax: Sketcher = {
  finding: 'pneumothorax',
  // Depth of the air at the apex, in mm: a rim, small (< 3 cm apex to cupola), large, complete.
  amount: { unit: 'mm', min: 4, max: 110, bySeverity: [7, 18, 45, 80] },
  options: [{ name: 'tension', choices: ['no', 'yes'] }],
  harmonise: 0,
  draw,
};

/** @throws SketchImpossibleError where the places name no side or both */
function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const sides = sidesOf(chest, request);
  refuseTwoSides(sides, request);
  const side = sides[0] as ChestSide;
  const amount = amountOf(pneumothorax.amount, request);
  const isTense = request.options.tension === 'yes';
  const mediastinumMm = 8 + 14 * smoothstep(10, 110, amount);
  const push = isTense
    ? pushed(chest, { from: side, mediastinumMm, diaphragmMm: 6 + 12 * smoothstep(10, 110, amount) })
    : undefined;
  const film = push === undefined ? image : pushedImage(image, chest, push, side, mediastinumMm);
  const moved = push === undefined ? chest : displacedChest(chest, push);
  const hemithorax = hemithoraxOf(moved, side);
  const wall = wallOf(moved, hemithorax);
  const back = drawnBackFor(moved, hemithorax, wall, amount, request.seed);
  const collapse = collapseOf(moved, hemithorax, wall, back.alongMm, request.seed);
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
    moved:
      push === undefined
        ? undefined
        : {
            film: patchOf(film, box),
            far: { ...push.x, data: push.x.data.map((x, cell) => Math.hypot(x, push.y.data[cell] as number)) },
          },
    box,
    mask: request.mask,
  });
  return {
    box,
    ...sketch,
    figures: {
      amount: back.apicalMm,
      apicalMm: back.apicalMm,
      alongMm: back.alongMm,
      hilarMm: collapse.hilarMm,
      lungAreaLeft: collapse.left,
    },
  };
}

/** The whole image pushed aside, its grain where it is drawn out as it was, and the trachea before the spine. */
function pushedImage(image: DensityImage, chest: Chest, push: Displacement, from: ChestSide, mm: number): DensityImage {
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const grain = quietGrain(image, layersOf(image, chest), chest, whole, filmGrain(image, chest));
  const values = displacedWithGrain(image, grain, push, whole);
  moveTrachea(values, whole, image, chest, { from, byMm: TRACHEA * mm });
  return { ...image, values };
}

/** What lies in a box of the film: [box.height x box.width]. */
function patchOf({ values, width }: DensityImage, box: Box): Float32Array {
  const out = new Float32Array(box.width * box.height);
  for (let j = 0; j < box.height; j++) {
    const start = (box.y + j) * width + box.x;
    out.set(values.subarray(start, start + box.width), j * box.width);
  }
  return out;
}

/** What lies in the lung, moved with it, on the working grid: its vessels, without ribs, metal, and the grain of the film, which stay. */
function carried(
  { film }: Layers,
  { lung, displacement }: Collapse,
  { still, metal, most }: { readonly still: Field; readonly metal: Field; readonly most: number },
): Field {
  const { width, height } = film;
  const data = new Float32Array(width * height);
  const box = boxOf((cell) => (lung.data[cell] as number) > 0, width, height);
  if (box === undefined) return { width, height, data };
  const within = fieldIn(lung, box, width, height);
  const values = new Float32Array(width * height);
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, cell = (box.y + j) * width + box.x; i < box.width; i++, at++, cell++) {
      const mark = (film.data[cell] as number) - (still.data[cell] as number);
      const vessel = mark > 0 ? mark / (1 + mark / most) : mark;
      values[cell] = vessel * (within[at] as number) * (1 - (metal.data[cell] as number));
    }
  }
  const rows = displacedRows({ values, width, height }, displacement, box);
  for (let j = 0; j < box.height; j++)
    data.set(rows(j, 0, box.width).subarray(0, box.width), (box.y + j) * width + box.x);
  return { width, height, data };
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
  const { still, solid, pressed, clears, metal, contrast, dense } = groundOf(layers, chest)[hemithorax.lung.side](
    collapse.lung,
  );
  const [insideRows, besideRows, lineRows, breadthRows, apartRows, sidewaysRows, upwardRows] = rowsInEach(
    [
      collapse.inside,
      collapse.beside,
      collapse.line,
      collapse.width,
      collapse.apart,
      collapse.displacement.x,
      collapse.displacement.y,
    ],
    box,
    width,
    height,
  );
  // However far the lung falls together.
  const [lungRows, stillRows, filmRows, broadRows, pressedRows, solidRows, darkRows, metalRows] = rowsInEach(
    [collapse.lung, still, layers.film, layers.broad, pressed, solid, clears, metal],
    box,
    width,
    height,
    keptRowsIn,
  );
  // Its tissue and blood stay in it: pressed into the share of its area that is left, with less blood in what is not breathed.
  const denser = Math.min(MOST_DENSE, BLOOD_KEPT * LUNG_TISSUE * (1 / Math.max(0.1, collapse.left) - 1));
  const markRows = rowsIn(
    carried(layers, collapse, { still, metal, most: BRIGHTEST_MARK * contrast }),
    box,
    width,
    height,
  );
  const spans = Array.from({ length: box.height }, (_, j): readonly [number, number] => {
    const [lung, beside] = [lungRows(j, 0, box.width), besideRows(j, 0, box.width)];
    let [from, to] = [0, box.width];
    const isNone = (i: number): boolean => (lung[i] as number) === 0 && (beside[i] as number) < LEAST;
    while (from < to && isNone(from)) from++;
    while (to > from && isNone(to - 1)) to--;
    return [from, to];
  });
  const farMm = CHEST_GRID * chest.millimetresPerRow;
  const ownGrain = grainOf(film, layers.film, box);
  const most = 3 * ownGrain;
  const lent = grainBeside(film, layers, chest, box, ownGrain);
  const pixelMm = (CHEST_GRID / height) * chest.millimetresPerRow;
  // A lung that is down is round in depth, too, and moves with the heart: its border is softer, and needs no line to be seen.
  const down = smoothstep(0.12, 0.4, denser);
  const edge = Math.max(0.5 * pixelMm, 0.12 + SOFT_MM * down);
  const [outer, inner] = [
    Math.max(LINE_MM * 0.5, LINE_PIXELS * 0.8 * pixelMm),
    Math.max(LINE_MM, LINE_PIXELS * pixelMm),
  ];
  // On pixels wider than the line it is spread over them, and fainter.
  const spread = Math.max(LEAST_SPREAD, LINE_MM / inner);
  const lining = LINE * contrast * (1 - LINE_LOST * down) * spread;
  const fallenRows = fallenTogether(chest, hemithorax, seed, down, box, [width, height]);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (const [j, [from, to]] of spans.entries()) {
    if (from === to) continue;
    const [inside, lung, beside, line, breadth] = [
      insideRows(j, from, to),
      lungRows(j, from, to),
      besideRows(j, from, to),
      lineRows(j, from, to),
      breadthRows(j, from, to),
    ];
    const [stillIn, filmIn, broadIn, apartIn] = [
      stillRows(j, from, to),
      filmRows(j, from, to),
      broadRows(j, from, to),
      apartRows(j, from, to),
    ];
    const [pressedIn, solidIn, dark] = [pressedRows(j, from, to), solidRows(j, from, to), darkRows(j, from, to)];
    const [marks, sideways, upward] = [markRows(j, from, to), sidewaysRows(j, from, to), upwardRows(j, from, to)];
    const [fallen, fixed, lentIn] = [fallenRows(j, from, to), metalRows(j, from, to), lent(j, from, to)];
    const start = (box.y + j) * width + box.x;
    for (let i = from, at = j * box.width + from; i < to; i++, at++) {
      const share = lung[i] as number;
      const before = filmIn[i] as number;
      // Lung that the anatomist left out, and not the heart itself.
      const outside = (beside[i] as number) * smoothstep(0.05, 0.4, (dense - before) / contrast);
      if (share < LEAST && outside < LEAST) continue;
      const own = film.values[start + i] as number;
      const depth = inside[i] as number;
      const broad = breadth[i] as number;
      // Where it turns away from the beam its border is lost.
      const soft = edge * (1 + TURNED * down * Math.max(0, broad - 0.9));
      const isLung = smoothstep(-soft, soft, depth);
      const fine = own - before;
      const grain = Math.min(most, Math.max(-most, fine));
      const ribbed = stillIn[i] as number;
      const air = ribbed + grain + (lentIn[i] as number) - (dark[i] as number);
      const aside = (sideways[i] as number) * chest.aspect;
      const up = upward[i] as number;
      const farOff = farMm * Math.sqrt(aside * aside + up * up);
      const room = Math.min(dense, solidIn[i] as number) - Math.max(ribbed, outside * before);
      const path = 1 - (apartIn[i] as number) * (1 - pathThrough(depth));
      const tissue = Math.min(denser * (fallen[i] as number) * (pressedIn[i] as number), Math.max(0, room));
      // A border that lies within tissue is thin lung at first, and no step.
      const body = tissue + (dark[i] as number);
      // Between them it is no darker than what is pressed around them.
      const hilar = before > ribbed ? before - ribbed : HILAR_DARK * (before - ribbed);
      // Pressed together, its markings blur into one another; bronchi and vessels of the hilum stay about where they are.
      const mark =
        (1 - MARKS_LOST * smoothstep(MARKS_PRESSED_MM[0], MARKS_PRESSED_MM[1], farOff)) * (marks[i] as number) +
        HILAR * down * smoothstep(6, 30, farOff) * hilar;
      const texture =
        fine + smoothstep(0.5, 3, farOff) * (grain - fine) + (mark < 0 ? (1 - BRONCHI_LOST * down) * mark : mark);
      const kept = ribbed - (dark[i] as number) + texture + path * body;
      const away = (depth - 0.4 * inner) / ((depth < 0.4 * inner ? outer : inner) * broad);
      const rib = (ribbed - (broadIn[i] as number)) / contrast;
      const lined = (lining / broad) * (line[i] as number) * (1 - LOST_ON_RIBS * smoothstep(0.02, 0.1, rib));
      const drawn = air + isLung * (kept - air) + (away * away < 9 ? lined * Math.exp(-away * away) : 0);
      change[at] = (1 - (fixed[i] as number)) * (share * (drawn - own) + outside * tissue * path);
      mask[at] = Math.max(1, Math.round(255 * Math.max(share, outside)));
    }
  }
  return { change, mask };
}

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

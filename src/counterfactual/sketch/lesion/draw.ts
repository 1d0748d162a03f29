/**
 * A body in the lung drawn onto the film. Soft tissue in place of lung adds density along the ray; the film answers less and
 * less, as scatter, hardening and the display's curve have it: 1 - exp(-path / 80 mm) of the way from what is there to a little
 * above the heart, in small nodules 1 - exp(-path / 58 mm); and by as much as this film shows of what is in its lungs. The middle
 * of real nodules of 15 to 30 mm stands out by 2.8 times the standard deviation of that, of masses of 50 to 80 mm by six times
 * (medians; docs/decisions/183-as-seen-as-the-films-own-detail.md).
 */

import type { Chest } from '../chest';
import { saturated, WHITE } from '../density';
import { CHEST_GRID, fieldIn, makeField, smoothstep, blurred, type Box, type Field } from '../field';
import { greysOf, tissueStep } from '../greys';
import { paintedIn } from '../painted';
import type { Sketch, SketchContext, SketchRequest } from '../sketch';
import { REACH, type Body } from './body';
import { lungDetail } from './detail';
import type { LesionPlace } from './place';

/** Tissue of this depth takes the film 63 % of the way: in what is small and yet was seen, in large nodules, and in large masses. */
const [SMALL_PATH_MM, PATH_MM, MASS_PATH_MM] = [58, 80, 70];
/** How far above the heart the film still answers, as a share of heart over lung. */
const HEADROOM = 0.2;
/** Tissue adds density over ribs and shoulder blade, too. */
const RISE = 1.2;
/** Heart over lung of a usual film, in standard deviations of its lungs' detail; and the least and the most that a film is taken to differ from that. */
const USUAL_DETAIL = 11.5;
const GAIN = [0.35, 2.5] as const;
/** A large body's answer over its chord; 1 is straight. */
const FALL = 0.8;
/** How much of the film's detail fades where tissue takes the place of all the lung's vessels. */
const DETAIL = 0.6;
/** No body is denser than so far above the heart, in steps from lung to heart: on films of much contrast bone is no whiter. */
const BRIGHTEST = 0.75;
/** Less than this is not drawn: a quarter of a grey level of 8 bits. */
const LEAST = 1e-3;

/** What a body is drawn over. */
export interface Over {
  /** Where it may project, on CHEST_GRID; absent: `roomOf` the chest. */
  readonly room?: Field;
  /** How far above the heart the film still answers, as a share of heart over lung. */
  readonly headroom: number;
  /** What a body of any depth answers at the least, over whatever lies behind it: a share of heart over lung. */
  readonly rise: number;
  /** How much more the film answers than its heart over lung says. */
  readonly gain: (context: SketchContext, step: number) => number;
  /** Depth that takes the film 63 % of the way, in mm, of a body of this diameter. */
  readonly pathMm: (diameterMm: number) => number;
}

/** In the lung; `depth`: how much more than it has its tissue counts. */
export function inLung(depth = 1): Over {
  return { headroom: HEADROOM, rise: RISE, gain: gainOf, pathMm: (diameterMm) => lungPathMm(diameterMm) / depth };
}

function gainOf({ image, chest }: SketchContext, step: number): number {
  return Math.min(GAIN[1], Math.max(GAIN[0], (USUAL_DETAIL * lungDetail(image, chest)) / step));
}

export function drawBody(
  context: SketchContext,
  { tissue, wall, round = 1 }: Body,
  place: LesionPlace,
  request: Pick<SketchRequest, 'mask'>,
  over: Over = inLung(),
): Sketch {
  const { image, chest } = context;
  const { width, height } = image;
  const mmPerPixelY = (chest.millimetresPerRow * CHEST_GRID) / height;
  const mmPerPixelX = (chest.millimetresPerRow * chest.aspect * CHEST_GRID) / width;
  const radius = place.diameterMm / 2;
  const [centreX, centreY] = [place.x * width, place.y * height];
  const box = boxAbout(centreX, centreY, (radius * REACH) / mmPerPixelX, (radius * REACH) / mmPerPixelY, width, height);
  const pathMm = over.pathMm(place.diameterMm);
  const greys = greysOf(image, chest);
  const step = tissueStep(greys);
  const gain = over.gain(context, step);
  const ceiling = greys.heart + over.headroom * step;
  const brightest = Math.min(WHITE, greys.heart + BRIGHTEST * step);
  const [level, room] = [
    fieldIn(greys.level, box, width, height),
    fieldIn(over.room ?? roomOf(chest), box, width, height),
  ];
  const allowed = request.mask === undefined ? undefined : paintedIn(request.mask, box, width, height);
  const paths = pathsIn(tissue, box, centreX, centreY, (radius * REACH) / mmPerPixelX, (radius * REACH) / mmPerPixelY);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (let j = 0, at = 0; j < box.height; j++) {
    for (let i = 0, pixel = (box.y + j) * width + box.x; i < box.width; i++, at++, pixel++) {
      const path = paths[at] as number;
      const limit = (room[at] as number) * (allowed === undefined ? 1 : (allowed[at] as number));
      if (path === 0 || limit === 0) continue;
      const answer = limit * answerOf(path > 0 && path < 1 ? path ** round : path, place.diameterMm, pathMm);
      const base = level[at] as number;
      const added =
        answer *
        (gain * Math.max(over.rise * step, ceiling - base) -
          DETAIL * Math.max(0, answer) * ((image.values[pixel] as number) - base));
      if (Math.abs(added) < LEAST) continue;
      change[at] = limited(added, brightest - (image.values[pixel] as number));
      mask[at] = Math.max(1, Math.round(255 * limit * smoothstep(0, 0.12, Math.abs(path))));
    }
  }
  const contrast = 1 - Math.exp(-place.diameterMm / pathMm);
  return {
    box,
    change,
    mask,
    figures: {
      amount: place.diameterMm,
      diameterMm: place.diameterMm,
      solidContrastShare: contrast * over.rise * gain,
      centreX: place.x,
      centreY: place.y,
      ...(wall === undefined ? {} : { wallMm: wall * place.diameterMm }),
    },
  };
}

/** As it is up to half of the room, and from there on less and less more, never more than the room. */
function limited(added: number, room: number): number {
  const half = Math.max(0, room) / 2;
  return added <= half ? added : half + saturated(added - half, half);
}

function lungPathMm(diameterMm: number): number {
  return (
    SMALL_PATH_MM +
    (PATH_MM - SMALL_PATH_MM) * smoothstep(12, 28, diameterMm) +
    (MASS_PATH_MM - PATH_MM) * smoothstep(28, 55, diameterMm)
  );
}

/**
 * How far the film goes toward what is dense. The middle of a large body is no plateau: scatter and the tissue before and behind
 * it leave a fall toward the edge, as that of a ball, so that its greatest answer is spread over the chord.
 */
function answerOf(path: number, diameterMm: number, pathMm: number): number {
  const [plain, most] = [1 - Math.exp((-path * diameterMm) / pathMm), 1 - Math.exp(-diameterMm / pathMm)];
  if (path <= 0 || path >= 1) return plain;
  const fall = smoothstep(25, 80, diameterMm);
  return (1 - fall) * plain + fall * most * path ** FALL;
}

function boxAbout(x: number, y: number, reachX: number, reachY: number, width: number, height: number): Box {
  const [x0, y0] = [Math.max(0, Math.floor(x - reachX)), Math.max(0, Math.floor(y - reachY))];
  const [x1, y1] = [Math.min(width, Math.ceil(x + reachX)), Math.min(height, Math.ceil(y + reachY))];
  return { x: x0, y: y0, width: Math.max(1, x1 - x0), height: Math.max(1, y1 - y0) };
}

/** The body read at each pixel: its field lies about the centre, not over the whole image. */
function pathsIn(tissue: Field, box: Box, x: number, y: number, reachX: number, reachY: number): Float32Array {
  const { width: cells, data } = tissue;
  const out = new Float32Array(box.width * box.height);
  for (let j = 0, at = 0; j < box.height; j++) {
    const v = ((box.y + j + 0.5 - y) / reachY + 1) * 0.5 * cells - 0.5;
    const row = Math.floor(v);
    if (row < 0 || row >= cells - 1) {
      at += box.width;
      continue;
    }
    const fy = v - row;
    for (let i = 0; i < box.width; i++, at++) {
      const u = ((box.x + i + 0.5 - x) / reachX + 1) * 0.5 * cells - 0.5;
      const column = Math.floor(u);
      if (column < 0 || column >= cells - 1) continue;
      const [cell, fx] = [row * cells + column, u - column];
      const top = (data[cell] as number) * (1 - fx) + (data[cell + 1] as number) * fx;
      const bottom = (data[cell + cells] as number) * (1 - fx) + (data[cell + cells + 1] as number) * fx;
      out[at] = top * (1 - fy) + bottom * fy;
    }
  }
  return out;
}

/**
 * Where a lung's lesion can project: between the walls of the chest, before and behind the heart too, and below the domes,
 * behind which the lungs reach down. It ends at the ribs, where it lies against the pleura.
 */
export function roomOf({ right, left }: Chest): Field {
  const [top, bottom] = [Math.min(right.top, left.top), Math.max(right.bottom, left.bottom)];
  const own = makeField(CHEST_GRID, (x, y) => {
    if (y < top || y > bottom + 12) return 0;
    const [from, to] = [
      wallAt(right.lateral, y, right.top, right.bottom),
      wallAt(left.lateral, y, left.top, left.bottom),
    ];
    return smoothstep(from - 1.5, from + 3, x + 0.5) * smoothstep(to + 1.5, to - 3, x + 0.5);
  });
  return blurred(own, 0.7);
}

function wallAt(lateral: Float32Array, row: number, top: number, bottom: number): number {
  return lateral[Math.min(bottom, Math.max(top, row))] as number;
}

/**
 * Consolidation: a lobe whose air spaces are full. It ends sharply where a fissure is seen edge on (the minor fissure), fades
 * elsewhere, hides the vessels, takes the borders of heart and diaphragm that it touches, and shows bronchi that still hold air.
 */

import { ZONES } from '../../../findings/vocabulary';
import type { Chest } from '../chest';
import { fieldIn, type Box, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { keptByPair } from '../kept';
import { uniforms } from '../noise';
import {
  amountOf,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { treeOf } from './branches';
import { composed } from './compose';
import { fill, thickness, type Filled } from './fill';
import { lobe } from './lobes';
import type { LungFrame } from './lungFrame';
import { AIRSPACE, surface } from './patches';
import { strengthOnFilm } from './onFilm';
import { placings, type Placing } from './placing';
import { strokesIn, type Stroke } from './strokes';
import { softTissue } from './softTissue';
import { strengthOf, type Strengths } from './strength';
import { onGrid, tonesOf } from './tones';
import { veil } from './veil';

const AMOUNT: SketchAmount = { unit: 'share', min: 0.06, max: 0.72, bySeverity: [0.09, 0.27, 0.47, 0.67] };
const STRENGTHS: Strengths = [0.08, 0.12, 0.34, 0.6, 0.85, 0.92];
/** A lobe fills as a whole, from its middle: it leans to one side but little. */
const FILLING = { densest: 0.97, softness: 0.6, lean: 0.4 };
const LOSS = 0.66;
/** Of the film's grain where nothing else of the lung is seen. */
const GRAIN = 0.5;
/** How much of the way back to lung an open bronchus is: it is narrow beside the tissue before and behind it. */
const OPEN_BRONCHUS = 0.15;

export const consolidation: Sketcher = {
  finding: 'consolidation',
  amount: AMOUNT,
  options: [{ name: 'bronchogram', choices: ['shown', 'none'] }],
  harmonise: 0,
  draw: (context, request) =>
    drawConsolidation(context, request, [AMOUNT, STRENGTHS], request.options.bronchogram !== 'none'),
};

/** @throws SketchImpossibleError where the place lies outside the lungs */
export function drawConsolidation(
  { image, chest }: SketchContext,
  request: SketchRequest,
  [quantity, strengths]: readonly [SketchAmount, Strengths],
  hasBronchogram: boolean,
  harmonised = 0,
): Sketch {
  const amount = amountOf(quantity, request);
  const where = placings(chest, request);
  const relief = surface(request.seed, 11, chest, AIRSPACE);
  const tones = tonesOf(image, chest);
  const weightOf = (placing: Placing): Float32Array => lobar(chest, placing)(request);
  const tissue = where.map(({ frame }) => softTissue(tones, chest, frame.floor)).reduce(densest);
  let last: { readonly strength: number; readonly filled: Filled; readonly change: Field } | undefined;
  const at = (strength: number): NonNullable<typeof last> => {
    if (last?.strength === strength) return last;
    const filled = fill(where, strength, relief, FILLING, weightOf);
    const { share, border } = filled;
    last = {
      strength,
      filled,
      change: veil(tones, {
        share: onGrid(tones, share),
        loss: LOSS,
        border: onGrid(tones, border),
        tissue,
        grain: GRAIN,
      }),
    };
    return last;
  };
  const usual = strengthOf(quantity, strengths, amount);
  // In a part of a zone nothing reads it, and what is harmonised is denser in the end.
  const isRead = harmonised === 0 && request.at === undefined && request.mask === undefined;
  const strength = isRead
    ? strengthOnFilm(tones, chest, request.places, amount, usual, (each) => at(each).change)
    : usual;
  const { filled: filledLobes, change } = at(strength);
  const bronchi = hasBronchogram
    ? where.flatMap(({ frame }) => bronchiToward(chest, frame, filledLobes.share, request.seed))
    : [];
  const fine = (added: Float32Array, box: Box): void =>
    opened(added, box, bronchi, chest, filledLobes.share, image.width, image.height);
  return composed(image, { change, where: filledLobes.where, fine }, request, { amount, bronchi: bronchi.length });
}

function densest(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((value, cell) => Math.max(value, other[cell] as number));
}

/** What a request says besides, its seed and its place, a placing has in it. */
const lobar = keptByPair((chest: Chest, placing: Placing) => {
  let weight: Float32Array | undefined;
  return (request: SketchRequest): Float32Array => (weight ??= lobarWeight(chest, placing, request));
});

/** Lobes of the asked zones; where a point or paint says where, the lobe that most of it lies in. */
function lobarWeight(chest: Chest, { frame, asked, weight }: Placing, { seed, at, mask }: SketchRequest): Float32Array {
  const first = frame.lung.side === 'right' ? 0 : 3;
  const lobes = [0, 1, 2].map((level) => lobe(ZONES[first + level] as (typeof ZONES)[number], chest, frame, seed));
  const isPlaced = at !== undefined || mask !== undefined;
  if (isPlaced) {
    const shares = lobes.map(({ data }) =>
      data.reduce((sum, own, cell) => sum + own * (weight.data[cell] as number), 0),
    );
    const most = lobes[shares.indexOf(Math.max(...shares))] as Field;
    return weight.data.map(
      (own, cell) => own * (mask === undefined ? (most.data[cell] as number) : 1) * thickness(frame, cell),
    );
  }
  const used = lobes.filter((_, level) => asked[level]);
  const own = used.reduce<Float32Array>(
    (most, { data }) => densest(most, data),
    new Float32Array(frame.reach.data.length),
  );
  return frame.reach.data.map((reach, cell) =>
    reach === 0 ? 0 : reach * (own[cell] as number) * thickness(frame, cell),
  );
}

/** Two trees from the hilum toward where the lung is full. */
export function bronchiToward(chest: Chest, { lung }: LungFrame, share: Field, seed: number): readonly Stroke[] {
  let [sum, x, y] = [0, 0, 0];
  lung.share.data.forEach((own, cell) => {
    const full = own * (share.data[cell] as number);
    sum += full;
    x += full * ((cell % share.width) + 0.5);
    y += full * (Math.floor(cell / share.width) + 0.5);
  });
  if (sum < 1) return [];
  const outward = lung.side === 'right' ? -1 : 1;
  const [turn = 0.5, reach = 0.5] = uniforms(seed, 81, 2);
  const from = { x: lung.hilum.x + (outward * 4) / chest.millimetresPerRow / chest.aspect, y: lung.hilum.y };
  const toward = Math.atan2(y / sum - from.y, (x / sum - from.x) * chest.aspect);
  return [-1, 1].flatMap((way) =>
    treeOf(
      chest,
      { from, angle: toward + way * (0.2 + 0.2 * turn), lengthMm: 20 + 8 * reach, widthMm: 4, forks: 3, spread: 0.8 },
      seed,
      82 + way,
    ),
  );
}

/** Takes density away along open bronchi, as much as there is of it. */
export function opened(
  added: Float32Array,
  box: Box,
  bronchi: readonly Stroke[],
  chest: Chest,
  share: Field,
  width: number,
  height: number,
): void {
  if (bronchi.every((bronchus) => bronchus.every(({ strength }) => strength === 0))) return;
  const lines = strokesIn(bronchi, chest, box, width, height);
  const full = fieldIn(share, box, width, height);
  for (let at = 0; at < added.length; at++) {
    const line = lines[at] as number;
    if (line === 0) continue;
    added[at] = (added[at] as number) * (1 - OPEN_BRONCHUS * line * Math.min(1, 1.3 * (full[at] as number)));
  }
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'consolidation',
  signs: [
    'An even white area in which no vessels can be seen.',
    'Dark branching lines run through it: bronchi that still hold air.',
    'It ends sharply at a fissure and fades elsewhere.',
    'The border of heart or diaphragm beside it is lost: middle lobe and lingula hide the heart, lower lobes the diaphragm.',
    'The lung keeps its volume.',
  ],
  sites: ['Any lobe or segment; the minor fissure bounds the right upper and the middle lobe.'],
  sizes: ['A segment to a whole lobe.', 'Open bronchi 1 to 5 mm wide.'],
  attenuation: ['Close to soft tissue: as white as the heart where the lobe is full.'],
  companions: ['pneumonia', 'effusion', 'lung_opacity'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008 (consolidation, air bronchogram, silhouette sign)',
    'George et al., Felson signs revisited, Journal of Medical Imaging and Radiation Oncology 58, 2014',
    'Hayashi et al., Radiographic and CT appearances of the major fissures, RadioGraphics 21, 2001',
  ],
};

/**
 * Pleural thickening. Fibrous tissue between lung and chest wall is seen edge-on as a band of soft-tissue density along the
 * wall: diffuse and smooth with a filled costophrenic angle, as separate plaques with rolled edges, or as a cap at the apex.
 * Old plaques carry lime.
 */

import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { smoothNoise, uniforms } from '../noise';
import { SketchImpossibleError } from '../../errors';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { finish } from './finish';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import { layersOf, type Layers } from './layers';
import { boxOf, sidesOf } from './place';
import { solidHemithorax, tissueContrast, tissueDensity } from './solid';
import { wallOf, type Wall } from './wall';

/** A rind is seen edge-on: the beam runs through it for several centimetres, a good part of the chest's depth. */
const EDGE_ON = 0.45;
/** It goes on around the chest to the front and the back, and is seen there less and less, up to so many times its thickness inward. */
const AROUND = 2.8;
/** Nor is it denser than the chest wall beside it, which is looked at so far outside the lung, in mm, and carried inward over as much. */
const WALL_MM = [3, 20] as const;
/** Lime against soft tissue, as a share of the difference between soft tissue and lung. */
const LIME = 0.6;

type Kind = 'diffuse' | 'plaque' | 'apical';

export const pleuralThickening: Sketcher = {
  finding: 'pleural_thickening',
  // Greatest thickness of the band in mm; a rind of more than 10 mm is rare in what is benign.
  amount: { unit: 'mm', min: 1.5, max: 25, bySeverity: [2, 4, 8, 16] },
  options: [
    { name: 'kind', choices: ['diffuse', 'plaque', 'apical'] },
    { name: 'calcified', choices: ['no', 'yes'] },
  ],
  harmonise: 0,
  draw,
};

/** @throws SketchImpossibleError where the places name no side, or lower zones alone for an apical cap */
function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const sides = sidesOf(chest, request);
  const amount = amountOf(pleuralThickening.amount, request);
  const layers = layersOf(image, chest);
  const bands = sides.map((side) => {
    const hemithorax = hemithoraxOf(chest, side);
    const kind = kindOf(request, side);
    const wall = wallOf(chest, hemithorax);
    return {
      band: bandOf(chest, hemithorax, wall, kind, amount, request),
      density: solidHemithorax(layers, chest, side),
      wall,
    };
  });
  const { width, height } = image;
  const box = boxOf((cell) => bands.some(({ band }) => (band.data[cell] as number) > 0), width, height);
  if (box === undefined) throw tooThin();
  const broadIn = fieldIn(layers.broad, box, width, height);
  const [contrast, dense] = [tissueContrast(layers, chest), tissueDensity(layers, chest).chest];
  const wallIn = fieldIn(wallDensity(layers, chest), box, width, height);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (const { band, density } of bands) {
    const [weights, tissue] = [fieldIn(band, box, width, height), fieldIn(density, box, width, height)];
    const lime =
      request.options.calcified === 'yes' ? fieldIn(limeOf(band, request.seed), box, width, height) : undefined;
    for (let j = 0, at = 0; j < box.height; j++) {
      for (let i = 0; i < box.width; i++, at++) {
        const weight = weights[at] as number;
        if (weight < 0.004) continue;
        const low = broadIn[at] as number;
        // It adds to what lies before and behind it: ribs run on, and so do vessels.
        const filled = Math.max(
          low,
          Math.min(wallIn[at] as number, Math.max(tissue[at] as number, Math.min(dense, low + EDGE_ON * contrast))),
        );
        const added =
          lime === undefined ? 0 : LIME * (lime[at] as number) * Math.max(0.1, (tissue[at] as number) - low);
        change[at] = (change[at] as number) + weight * (filled - low) + added;
        mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * Math.min(1, weight)));
      }
    }
  }
  finish({ change, mask }, { image, moved: undefined, box, mask: request.mask });
  return { box, change, mask, figures: { amount, thicknessMm: amount } };
}

/** How dense the chest wall is, beside each place of a lung's border, on CHEST_GRID. */
function wallDensity(layers: Layers, chest: Chest): Field {
  const whole = { x: 0, y: 0, width: CHEST_GRID, height: CHEST_GRID };
  const broad = fieldIn(layers.broad, whole, CHEST_GRID, CHEST_GRID);
  const mm = chest.millimetresPerRow;
  const outside = broad.map((_, cell) => {
    const away = -Math.max(chest.right.depth.data[cell] as number, chest.left.depth.data[cell] as number) * mm;
    return smoothstep(0, WALL_MM[0], away) * smoothstep(WALL_MM[1], 0.6 * WALL_MM[1], away);
  });
  const meanOver = (reachMm: number): readonly [Float32Array, Float32Array] => {
    const rows = reachMm / mm;
    const [sum, weight] = [broad.map((value, cell) => value * (outside[cell] as number)), outside].map(
      (data) => blurred({ ...whole, data }, rows / chest.aspect, rows).data,
    ) as [Float32Array, Float32Array];
    return [sum.map((total, cell) => total / Math.max(1e-6, weight[cell] as number)), weight];
  };
  // Deep in the lung what is near is no wall at all: there a mean over more of it.
  const [[near, known], [far]] = [meanOver(0.5 * WALL_MM[1]), meanOver(2 * WALL_MM[1])];
  return {
    ...whole,
    data: near.map((value, cell) => {
      const share = smoothstep(0.002, 0.05, known[cell] as number);
      return share * value + (1 - share) * (far[cell] as number);
    }),
  };
}

/** As asked; a cap where only the upper zone of a lung is named. */
function kindOf({ options, places }: SketchRequest, side: ChestSide): Kind {
  const own = places.filter((place) => place.startsWith(side));
  const asked = options.kind as Kind | undefined;
  const isHigh = own.length > 0 && own.every((place) => place.endsWith('upper'));
  if (asked === 'apical' && own.length > 0 && !own.some((place) => place.endsWith('upper'))) {
    throw new SketchImpossibleError(
      'An apical cap lies at the apex of a lung.',
      'Add the upper zone of that side, or choose diffuse thickening or plaques.',
    );
  }
  return asked ?? (isHigh ? 'apical' : 'diffuse');
}

function tooThin(): SketchImpossibleError {
  return new SketchImpossibleError(
    'Pleural thickening lies along the chest wall, and none of it is where it was asked.',
    'Choose zones of a lung, or paint along its outer border.',
  );
}

/** Share of the beam's path in the band, on CHEST_GRID: whole at the wall, half of it lost within a few mm of its edge toward the lung. */
function bandOf(
  chest: Chest,
  hemithorax: Hemithorax,
  wall: Wall,
  kind: Kind,
  amount: number,
  request: SketchRequest,
): Field {
  const { lung } = hemithorax;
  const { millimetresPerRow: mm } = chest;
  const index = lung.side === 'right' ? 40 : 44;
  const uneven = smoothNoise(request.seed, index, 0.035);
  const thickness =
    kind === 'apical'
      ? apicalCap(amount, request.seed, index)
      : kind === 'plaque'
        ? plaques(hemithorax, amount, request, index)
        : rind(hemithorax, amount, request, index);
  const rough = kind === 'apical' ? 0.3 : 0.22;
  const floor = known(lung.floor);
  const field = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const within = smoothstep(-2.5, 0.5, (lung.depth.data[cell] as number) * mm);
    if (within <= 0) return 0;
    const [u, v] = [(x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID];
    const thick = thickness(wall.down.data[cell] as number) * Math.max(0.2, 1 + rough * fieldAt(uneven, u, v));
    if (thick < 0.4) return 0;
    const distance = wall.distance.data[cell] as number;
    // The angle to the diaphragm is filled by a rind, round.
    const angle = kind === 'diffuse' ? Math.max(0, 2.2 * thick - ((floor[x] as number) - y - 0.5) * mm) * 0.35 : 0;
    // A plaque is a lens of a few cm, and ends.
    return within * (kind === 'plaque' ? smoothstep(2, -1, distance - thick) : pathInRind(distance, thick + angle));
  });
  const soft = 0.5 / mm;
  return blurred(field, soft / chest.aspect, soft);
}

/**
 * Of the beam's way through a rind of so many mm just inside the chest wall, where that is longest, what it is `distance` mm from the
 * wall: the chord between two circles, whose radius cancels as it is much greater than both.
 */
function pathInRind(distance: number, thick: number): number {
  if (distance <= thick) return 1;
  const chord = (Math.sqrt(distance) - Math.sqrt(distance - thick)) / Math.sqrt(thick);
  return chord * smoothstep(AROUND * thick, thick, distance);
}

/** Thickness in mm by how far down the wall: a cap over the apex, thinning by the third rib. */
function apicalCap(amount: number, seed: number, index: number): (down: number) => number {
  const [a = 0.5] = uniforms(seed, index + 1, 1);
  const end = 0.14 + 0.1 * a;
  return (down) => amount * smoothstep(end, 0.01, down);
}

/** A rind along the lower two thirds or what zones say, thickest below. */
function rind(
  { lung }: Hemithorax,
  amount: number,
  { places, seed }: SketchRequest,
  index: number,
): (down: number) => number {
  const [a = 0.5, b = 0.5] = uniforms(seed, index + 1, 2);
  const [from, to] = span(lung.side, places) ?? [0.3, 1.05];
  const peak = from + (to - from) * (0.55 + 0.35 * a);
  return (down) =>
    amount *
    smoothstep(from - 0.22, from + (0.3 + 0.2 * b) * (peak - from) + 0.04, down) *
    smoothstep(to + 0.12, Math.min(to, peak + 0.02), down);
}

/** Two to four lenses, 2 to 6 cm long, along the seventh to tenth ribs; apex and angle are spared. */
function plaques(
  { lung, height }: Hemithorax,
  amount: number,
  { places, seed }: SketchRequest,
  index: number,
): (down: number) => number {
  const draws = uniforms(seed, index + 2, 12);
  const [from, to] = span(lung.side, places) ?? [0.34, 0.86];
  const count = 2 + Math.floor((draws[0] as number) * 3);
  const lenses = Array.from({ length: count }, (_, k) => ({
    at: from + ((to - from) * (k + 0.25 + 0.5 * (draws[1 + k] as number))) / count,
    half: Math.min((0.42 * (to - from)) / count, 0.04 + 0.06 * (draws[5 + k] as number)) * Math.min(1, 200 / height),
    thick: k === 0 ? 1 : 0.5 + 0.5 * (draws[8 + Math.min(3, k)] as number),
  }));
  return (down) =>
    lenses.reduce(
      (most, { at, half, thick }) =>
        Math.max(most, amount * thick * Math.sqrt(Math.max(0, 1 - ((down - at) / half) ** 2))),
      0,
    );
}

/** How far down the wall the named zones of this lung reach; undefined where all or none are named. */
function span(side: ChestSide, places: SketchRequest['places']): readonly [number, number] | undefined {
  const levels = ['upper', 'mid', 'lower'].map((level) => places.some((place) => place === `${side}_${level}`));
  if (levels.every(Boolean) || !levels.some(Boolean)) return undefined;
  return [levels.indexOf(true) / 3 + 0.02, (levels.lastIndexOf(true) + 1) / 3 + (levels[2] === true ? 0.05 : -0.02)];
}

/** Lime in the band: streaks and crumbs, more of it in some places. */
function limeOf(band: Field, seed: number): Field {
  const [coarse, fine] = [smoothNoise(seed, 48, 0.03), smoothNoise(seed, 49, 0.009)];
  return {
    ...band,
    data: band.data.map((share, cell) => {
      const [u, v] = [((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID];
      return share * smoothstep(0.1, 1.1, 0.8 * fieldAt(coarse, u, v) + 0.7 * fieldAt(fine, u, v));
    }),
  };
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'pleural_thickening',
  signs: [
    'A band of soft-tissue density along the inside of the chest wall.',
    'Diffuse thickening is smooth, runs over several rib spaces and fills the costophrenic angle.',
    'Plaques are separate, with sharp, rolled edges; apex and costophrenic angles are spared.',
    'An apical cap is a crescent over the top of the lung with an uneven lower border.',
    'Plaques may be calcified: dense streaks along wall or diaphragm.',
  ],
  sites: [
    'Plaques: the back and side of the chest wall at the seventh to tenth ribs, and the domes of the diaphragm.',
    'Caps: the apex, one side or both.',
    'Diffuse: the lower chest wall and the costophrenic angle.',
  ],
  sizes: [
    'An apical cap is usually up to 5 mm thick.',
    'Diffuse: a smooth density without a gap over at least a quarter of the chest wall.',
    'Over 1 cm, nodular, round the whole lung or on the mediastinal side: malignancy is more likely.',
  ],
  attenuation: ['Soft tissue; calcified plaques are as dense as rib.'],
  companions: ['effusion', 'fibrosis'],
  sources: [
    'Leung AN, Muller NL, Miller RR. CT in differential diagnosis of diffuse pleural disease. AJR 1990;154:487-492.',
    'Diffuse pleural thickening in an asbestos-exposed population: prevalence and causes. AJR 1985;144:9-18.',
    'Hansell DM et al. Fleischner Society: glossary of terms for thoracic imaging. Radiology 2008;246:697-722.',
  ],
};

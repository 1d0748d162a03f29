/**
 * Pleural thickening. Fibrous tissue between lung and chest wall is seen edge-on as a band of soft-tissue density along the
 * wall: diffuse and smooth with a filled costophrenic angle, as separate plaques with rolled edges, or as a cap at the apex.
 * Old plaques carry lime.
 */

import type { Place } from '../../../findings/vocabulary';
import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { smoothNoise, uniforms } from '../noise';
import { SketchImpossibleError } from '../../errors';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { finish } from './finish';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import { layersOf } from './layers';
import { boxOf, sidesOf } from './place';
import { solidHemithorax } from './solid';
import { wallOf, type Wall } from './wall';
import { wallProfileOf, type WallProfile } from './wallProfile';

/**
 * A rind goes on around the chest to the front and the back, and is seen there less and less: from so many mm inside of its edge on
 * the film comes back to what it was, over so much more, and over its own thickness.
 */
const BACK_MM = [5, 9] as const;
/** A plaque is a lens that ends. */
const PLAQUE_BACK_MM = [2, 5] as const;
/** Of what stands out of the lung beside the wall, as ribs do, so much still does in tissue as dense as the wall. */
const STANDS_OUT = 0.3;
/** Lime against soft tissue, as a share of the difference between soft tissue and lung. */
const LIME = 0.6;

/** A rind fills the angle between wall and diaphragm round, over so many times its thickness and so many mm more. */
const FILLET = [1.6, 6] as const;
/** Of its thickness, what is left in that angle at least. */
const AT_ANGLE = 0.6;
/** So near to the diaphragm, in mm, nothing is added to what is no lung: denser than so far from lung to wall. */
const ON_FLOOR_MM = [5, 14] as const;
const NO_LUNG = [0.75, 0.45] as const;
/** So far down the wall, as a share of its height, lung is seen beside it; and from where to where its lowest part begins. */
const LOWEST = 0.88;
const LOW = [0.76, 0.9] as const;
/** A cap is less dense than the wall, whose ribs and collar bone lie over it; above the outline it goes on for so many mm, where the film is dark. */
const CAP = 0.62;
const ABOVE_MM = 12;

/** Along the wall, and so near to it, a band is told how thick it is; where hardly any of it is, not less than this. */
const PLACES = 24;
const ON_WALL_MM = 2;
const LEAST_SHARE = 0.25;
/** There a profile is the wall's own density. */
const OUTSIDE_MM = 5;

/** The usual kind is that of the zones. */
const BY_ZONE = 'by zone';
type Kind = 'diffuse' | 'plaque' | 'apical';

export const pleuralThickening: Sketcher = {
  finding: 'pleural_thickening',
  // Greatest thickness of the band in mm; a rind of more than 10 mm is rare in what is benign.
  amount: { unit: 'mm', min: 1.5, max: 25, bySeverity: [2, 4, 8, 16] },
  options: [
    { name: 'kind', choices: [BY_ZONE, 'diffuse', 'plaque', 'apical'] },
    { name: 'calcified', choices: ['no', 'yes'] },
  ],
  harmonise: 0,
  settled,
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
    if (kind === 'apical' && !mayHaveCap(request.places, side)) throw noApex();
    return {
      ...bandOf(chest, hemithorax, wallProfileOf(layers, chest, side), kind, amount, request),
      density: solidHemithorax(layers, chest, side),
    };
  });
  const { width, height } = image;
  const box = boxOf((cell) => bands.some(({ band }) => (band.data[cell] as number) > 0), width, height);
  if (box === undefined) throw tooThin();
  const broadIn = fieldIn(layers.broad, box, width, height);
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (const { band, denser, lung, room, density, kept, floor } of bands) {
    const [weights, added, usual, free, tissue, stands, low] = [band, denser, lung, room, density, kept, floor].map(
      (field) => fieldIn(field, box, width, height),
    ) as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array, Float32Array];
    const lime =
      request.options.calcified === 'yes' ? fieldIn(limeOf(band, request.seed), box, width, height) : undefined;
    for (let at = 0; at < change.length; at++) {
      const weight = weights[at] as number;
      if (weight < 0.004) continue;
      const stones =
        lime === undefined
          ? 0
          : LIME * (lime[at] as number) * Math.max(0.1, (tissue[at] as number) - (broadIn[at] as number));
      // What stands out of the lung stands out less of what is dense, as in the wall itself.
      const out = Math.max(0, (broadIn[at] as number) - (usual[at] as number));
      const share = Math.max(0, 1 - ((1 - (stands[at] as number)) * out) / Math.max(1e-3, free[at] as number));
      // Nothing becomes denser than the wall: diaphragm and heart are as dense already.
      const left = Math.max(0, (usual[at] as number) + (free[at] as number) - (broadIn[at] as number));
      // Beside the diaphragm an outline that goes too far has no lung in it.
      const dense = out / Math.max(1e-3, free[at] as number);
      const isLung = 1 - (low[at] as number) * (1 - smoothstep(...NO_LUNG, dense));
      change[at] = (change[at] as number) + isLung * Math.min(left, share * (added[at] as number)) + stones;
      mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * Math.min(1, weight)));
    }
  }
  finish({ change, mask }, { image, moved: undefined, box, mask: request.mask });
  return { box, change, mask, figures: { amount, thicknessMm: amount } };
}

/** As asked; by zone it is a cap where only the upper zone of a lung is named, and diffuse elsewhere and where it is painted. */
function kindOf({ options, places, mask }: Pick<SketchRequest, 'options' | 'places' | 'mask'>, side: ChestSide): Kind {
  const asked = options.kind as Kind | typeof BY_ZONE | undefined;
  if (asked !== undefined && asked !== BY_ZONE) return asked;
  return mask === undefined && isHigh(places, side) ? 'apical' : 'diffuse';
}

function isHigh(places: readonly Place[], side: ChestSide): boolean {
  const own = places.filter((place) => place.startsWith(side));
  return own.length > 0 && own.every((place) => place.endsWith('upper'));
}

function mayHaveCap(places: readonly Place[], side: ChestSide): boolean {
  const own = places.filter((place) => place.startsWith(side));
  return own.length === 0 || own.some((place) => place.endsWith('upper'));
}

/** The kind that zones say, where they say one for all sides: a record names what is drawn. */
function settled(request: Pick<SketchRequest, 'options' | 'places' | 'mask'>): SketchRequest['options'] {
  const { options, places } = request;
  const sides = (['right', 'left'] as const).filter((side) => places.some((place) => place.startsWith(side)));
  const [kind, ...others] = new Set(sides.map((side) => kindOf(request, side)));
  return kind === undefined || others.length > 0 ? options : { ...options, kind };
}

function noApex(): SketchImpossibleError {
  return new SketchImpossibleError(
    'An apical cap lies at the apex of a lung.',
    'Add the upper zone of that side, or choose diffuse thickening or plaques.',
  );
}

function tooThin(): SketchImpossibleError {
  return new SketchImpossibleError(
    'Pleural thickening lies along the chest wall, and none of it is where it was asked.',
    'Choose zones of a lung, or paint along its outer border.',
  );
}

/** What thickens the wall, on CHEST_GRID. */
interface Band {
  /** 1 at the wall, falling to 0 where the film is as it was. */
  readonly band: Field;
  /** By how much it is denser: the wall's own edge lies further in. It adds to what lies before and behind it, so that ribs run on. */
  readonly denser: Field;
  /** How dense the film usually is so far from the wall, and by how much less than the wall. */
  readonly lung: Field;
  readonly room: Field;
  /** 1 beside the diaphragm, 0 away from it. */
  readonly floor: Field;
  /** How much of what stands out still does, 0 outside the lung: the border of diaphragm or heart is no rib. */
  readonly kept: Field;
}

function bandOf(
  chest: Chest,
  hemithorax: Hemithorax,
  profile: WallProfile,
  kind: Kind,
  amount: number,
  request: SketchRequest,
): Band {
  const { lung } = hemithorax;
  const { millimetresPerRow: mm } = chest;
  const wall = wallOf(chest, hemithorax);
  const index = lung.side === 'right' ? 40 : 44;
  const uneven = smoothNoise(request.seed, index, 0.035);
  const thickness =
    kind === 'apical'
      ? apicalCap(request.seed, index)
      : kind === 'plaque'
        ? plaques(hemithorax, request, index)
        : rind(hemithorax, request, index);
  const rough = kind === 'apical' ? 0.3 : 0.22;
  const share = (down: number, u: number, v: number): number =>
    thickness(down) * Math.max(0.2, 1 + rough * fieldAt(uneven, u, v));
  // However it comes out by the seed, it is as thick as asked where it is thickest.
  const greatest = amount / thickest(wall, share, kind === 'apical');
  const floor = known(lung.floor);
  const [from, over] = kind === 'plaque' ? PLAQUE_BACK_MM : BACK_MM;
  const [denser, usual, room] = [0, 1, 2].map(() => new Float32Array(CHEST_GRID * CHEST_GRID)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [kept, low] = [0, 1].map(() => new Float32Array(CHEST_GRID * CHEST_GRID)) as [Float32Array, Float32Array];
  const band = makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const distance = wall.distance.data[cell] as number;
    const down = wall.down.data[cell] as number;
    const inside = (lung.depth.data[cell] as number) * mm;
    // Of what the outline left out only its own blur: beyond lie diaphragm and heart. Over the apex the film shows where lung goes on.
    const above = kind === 'apical' ? smoothstep(-ABOVE_MM, -0.5 * ABOVE_MM, Math.min(inside, distance)) : 0;
    const base = ((floor[x] as number) - y - 0.5) * mm;
    const within = Math.max(smoothstep(-3, 0, inside), above);
    if (within <= 0) return 0;
    const [u, v] = [(x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID];
    const along = greatest * share(down, u, v);
    if (along < 0.4) return 0;
    // The angle to the diaphragm is filled by a rind, round.
    const angle =
      kind === 'diffuse' ? smoothstep(...LOW, down) * fillet(distance - along, base, FILLET[0] * along + FILLET[1]) : 0;
    const thick = along + angle;
    const back = within * smoothstep(thick + from + over + (kind === 'plaque' ? 0 : thick), thick + from, distance);
    if (back <= 0) return 0;
    kept[cell] = STANDS_OUT * smoothstep(-1, 3, (lung.depth.data[cell] as number) * mm);
    // In the angle there is too little lung to tell by.
    const told = Math.min(LOWEST, down);
    usual[cell] = profile.at(told, distance);
    room[cell] = profile.at(told, -OUTSIDE_MM) - usual[cell];
    low[cell] = Math.max(
      smoothstep(0, -2, base),
      smoothstep(ON_FLOOR_MM[1], ON_FLOOR_MM[0], base) * smoothstep(4, 1, angle),
    );
    const wallAt = profile.at(told, -OUTSIDE_MM);
    const filled = Math.max(0, profile.at(told, distance - thick) - usual[cell]);
    if (kind !== 'apical') {
      denser[cell] = back * filled;
      return back;
    }
    // Beyond the outline a profile knows the wall alone: what lung is there is told from further in.
    const lungAt = profile.at(told, Math.max(distance, thick + from + over));
    usual[cell] = lungAt;
    room[cell] = CAP * (wallAt - lungAt);
    const falls = (profile.at(told, distance - thick) - lungAt) / Math.max(1e-3, wallAt - lungAt);
    denser[cell] = back * room[cell] * Math.min(1, Math.max(0, falls));
    return back;
  });
  const soft = 0.5 / mm;
  return {
    band: blurred(band, soft / chest.aspect, soft),
    denser: blurred({ ...band, data: denser }, soft / chest.aspect, soft),
    lung: { ...band, data: usual },
    room: { ...band, data: room },
    kept: { ...band, data: kept },
    floor: { ...band, data: low },
  };
}

/** How much two borders that meet in a corner are rounded there, each so many mm away; 0 further than `over` from the corner. */
function fillet(one: number, other: number, over: number): number {
  const mix = Math.min(1, Math.max(0, 0.5 + (other - one) / (2 * over)));
  return over * mix * (1 - mix);
}

/**
 * The thickest of the places along the wall, each a mean over a centimetre or so of what lies on it.
 * @param share of the thickness, by how far down the wall and where in the image
 */
function thickest(
  { distance, down }: Wall,
  share: (down: number, u: number, v: number) => number,
  isApical: boolean,
): number {
  const [sums, counts] = [new Float64Array(PLACES), new Float64Array(PLACES)];
  distance.data.forEach((mm, cell) => {
    const place = Math.floor((down.data[cell] as number) * PLACES);
    if (mm === 0 || Math.abs(mm) > ON_WALL_MM || place < 0 || place >= PLACES) return;
    const [u, v] = [((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID];
    sums[place] = (sums[place] as number) + share(down.data[cell] as number, u, v);
    counts[place] = (counts[place] as number) + 1;
  });
  const means = sums.map((sum, place) => sum / Math.max(1, counts[place] as number));
  return Math.max(LEAST_SHARE, ...(isApical ? means.slice(0, 4) : means.slice(4)));
}

/** Share of the thickness by how far down the wall: a cap over the apex, thinning by the third rib. */
function apicalCap(seed: number, index: number): (down: number) => number {
  const [a = 0.5] = uniforms(seed, index + 1, 1);
  const end = 0.14 + 0.1 * a;
  return (down) => smoothstep(end, 0.01, down);
}

/** A rind along the lower two thirds or what zones say, thickest below. */
function rind({ lung }: Hemithorax, { places, seed }: SketchRequest, index: number): (down: number) => number {
  const [a = 0.5, b = 0.5] = uniforms(seed, index + 1, 2);
  const [from, to] = span(lung.side, places) ?? [0.3, 1.05];
  const peak = from + (to - from) * (0.42 + 0.3 * a);
  const falls = (down: number): number => smoothstep(to + 0.12, Math.min(to, peak + 0.02), down);
  // It goes on into the angle, where one reaches so far down.
  return (down) =>
    smoothstep(from - 0.22, from + (0.3 + 0.2 * b) * (peak - from) + 0.04, down) *
    (to > 1 ? Math.max(AT_ANGLE * smoothstep(to + 0.3, to, down), falls(down)) : falls(down));
}

/** Two to four lenses, 2 to 6 cm long, along the seventh to tenth ribs; apex and angle are spared. */
function plaques(
  { lung, height }: Hemithorax,
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
      (most, { at, half, thick }) => Math.max(most, thick * Math.sqrt(Math.max(0, 1 - ((down - at) / half) ** 2))),
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

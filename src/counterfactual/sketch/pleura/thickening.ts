/**
 * Pleural thickening. Fibrous tissue between lung and chest wall is seen edge-on as a band of soft-tissue density along the
 * wall: diffuse and smooth with a filled costophrenic angle, as separate plaques with rolled edges, or as a cap at the apex.
 * Old plaques carry lime.
 */

import type { Place } from '../../../findings/vocabulary';
import type { Chest, ChestSide } from '../chest';
import { blurred, CHEST_GRID, fieldAt, fieldIn, makeField, smoothstep, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { smoothNoise } from '../noise';
import { SketchImpossibleError } from '../../errors';
import { amountOf, type Sketch, type SketchContext, type Sketcher, type SketchRequest } from '../sketch';
import { apicalCap, plaques, rind, thickest } from './alongWall';
import { finish } from './finish';
import { drawUp, shrunk, veilOf } from './encased';
import { fluidHemithorax } from './fluidDensity';
import { hemithoraxOf, known, type Hemithorax } from './hemithorax';
import { layersOf } from './layers';
import { boxOf, sidesOf } from './place';
import { angleDensity, filledAngle } from './rindAngle';
import { solidHemithorax, tissueContrast, tissueDensity } from './solid';
import { wallOf } from './wall';
import { wallProfileOf, type WallProfile } from './wallProfile';

/**
 * A rind goes on around the chest to the front and the back, and is seen there less and less: from so many mm inside of its edge on
 * the film comes back to what it was, over so much more, and over its own thickness.
 */
const BACK_MM = [5, 9] as const;
/** A plaque is a lens that ends. */
const PLAQUE_BACK_MM = [2, 5] as const;
/** Of what stands out of the lung beside the wall, as ribs do, so much still does in a rind. */
const STANDS_OUT = 0.4;
/**
 * A rind is soft tissue, seen edge-on over some centimetres: of the way from lung to wall or, where the wall is denser, to soft tissue it
 * comes so far. The middle between lung and wall, where its border is told, it passes by so much of that way.
 */
const TISSUE = 0.88;
const PASSES = 0.16;
/** How it comes to that: the greater, the less of its border changes. */
const KNEE = 8;
/** That takes so much of a thin one, in mm, and none of a thick one. */
const LOST_MM = 0.5;
const THIN_MM = [14, 4] as const;
/** Lung is told so far inside the wall, in mm. */
const LUNG_MM = 32;
/** Lime against soft tissue, as a share of the difference between soft tissue and lung. */
const LIME = 0.6;

/** So near to the diaphragm, in mm, nothing is added to what is no lung: denser than so far from lung to wall. */
const ON_FLOOR_MM = [5, 14] as const;
const NO_LUNG = [0.75, 0.45] as const;
/** So far down the wall, as a share of its height, lung is seen beside it. */
const LOWEST = 0.88;
/** A cap is less dense than the wall, whose ribs and collar bone lie over it; above the outline it goes on for so many mm, where the film is dark. */
const CAP = 0.62;
const ABOVE_MM = 12;

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
    { name: 'volume', choices: ['lost', 'kept'] },
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
  // What is painted stays in its place, and what keeps its volume is a rind at the wall alone.
  const isEncased = (side: ChestSide): boolean =>
    request.mask === undefined && request.options.volume !== 'kept' && kindOf(request, side) === 'diffuse';
  const bands = sides.map((side) => {
    const hemithorax = hemithoraxOf(chest, side);
    const kind = kindOf(request, side);
    if (kind === 'apical' && !mayHaveCap(request.places, side)) throw noApex();
    return {
      ...bandOf(
        chest,
        hemithorax,
        wallProfileOf(layers, chest, side),
        tissueDensity(layers, chest).chest,
        kind,
        amount,
        request,
      ),
      veil: veilOf(chest, hemithorax, isEncased(side) ? amount : 0, request, tissueContrast(layers, chest)),
      density: solidHemithorax(layers, chest, side),
      fluid: angleDensity(layers.broad, fluidHemithorax(layers, chest, side), chest, hemithorax),
    };
  });
  const { width, height } = image;
  const [push, raisedMm] = shrunk(chest, sides.filter(isEncased), amount, request.places);
  const box = boxOf(
    (cell) =>
      bands.some(
        ({ band, angle, veil }) =>
          (band.data[cell] as number) + (angle.data[cell] as number) + (veil.data[cell] as number) > 0,
      ) ||
      (push !== undefined && (push.y.data[cell] as number) !== 0),
    width,
    height,
  );
  if (box === undefined) throw tooThin();
  const change = new Float32Array(box.width * box.height);
  const mask = new Uint8Array(change.length);
  for (const { band, denser, lung, room, density, kept, floor, angle, fluid, veil } of bands) {
    const veils = fieldIn(veil, box, width, height);
    for (let at = 0; at < change.length; at++) {
      if (veils[at] === 0) continue;
      change[at] = (change[at] as number) + (veils[at] as number);
      mask[at] = Math.max(mask[at] as number, 1);
    }
    // The wall alone, a small part of what a veil covers.
    const wall = boxOf((cell) => (band.data[cell] as number) + (angle.data[cell] as number) > 0, width, height);
    if (wall === undefined) continue;
    const [weights, added, usual, free, tissue, stands, low, angles, fills, broads] = [
      band,
      denser,
      lung,
      room,
      density,
      kept,
      floor,
      angle,
      fluid,
      layers.broad,
    ].map((field) => fieldIn(field, wall, width, height)) as Ten;
    const lime =
      request.options.calcified === 'yes' ? fieldIn(limeOf(band, request.seed), wall, width, height) : undefined;
    for (let j = 0, own = 0; j < wall.height; j++) {
      const start = (wall.y + j - box.y) * box.width + wall.x - box.x;
      for (let i = 0; i < wall.width; i++, own++) {
        const weight = Math.max(weights[own] as number, angles[own] as number);
        if (weight < 0.004) continue;
        const at = start + i;
        const broad = broads[own] as number;
        const stones =
          lime === undefined ? 0 : LIME * (lime[own] as number) * Math.max(0.1, (tissue[own] as number) - broad);
        // What stands out of the lung stands out less of what is dense, as in the wall itself.
        const out = Math.max(0, broad - (usual[own] as number));
        const share = Math.max(0, 1 - ((1 - (stands[own] as number)) * out) / Math.max(1e-3, free[own] as number));
        // Nothing but a rib becomes denser than a rind is: diaphragm and heart are as dense already.
        const most = (usual[own] as number) + (free[own] as number) + (stands[own] as number) * out;
        const left = Math.max(0, most - broad);
        // Beside the diaphragm an outline that goes too far has no lung in it.
        const dense = out / Math.max(1e-3, free[own] as number);
        const isLung = 1 - (low[own] as number) * (1 - smoothstep(NO_LUNG[0], NO_LUNG[1], dense));
        const edgeOn = isLung * Math.min(left, share * (added[own] as number));
        const filled = (angles[own] as number) * ((fills[own] as number) - broad);
        // Where it is seen edge-on the veil is part of it.
        const hazy = veils[at] as number;
        change[at] = (change[at] as number) + Math.max(edgeOn, filled, hazy) - hazy + stones;
        mask[at] = Math.max(mask[at] as number, 1, Math.round(255 * Math.min(1, weight)));
      }
    }
  }
  if (push !== undefined) drawUp({ change, mask }, image, push, box);
  finish({ change, mask }, { image, moved: undefined, box, mask: request.mask });
  return { box, change, mask, figures: { amount, thicknessMm: amount, raisedMm } };
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
  /** 1 where the angle to the diaphragm is filled. */
  readonly angle: Field;
}

type Ten = [
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
];

function bandOf(
  chest: Chest,
  hemithorax: Hemithorax,
  profile: WallProfile,
  tissue: number,
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
  const greatest =
    (amount + LOST_MM * smoothstep(THIN_MM[0], THIN_MM[1], amount)) / thickest(wall, share, kind === 'apical');
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
    const thick = along;
    const back = within * smoothstep(thick + from + over + (kind === 'plaque' ? 0 : thick), thick + from, distance);
    if (back <= 0) return 0;
    kept[cell] = STANDS_OUT * smoothstep(-1, 3, (lung.depth.data[cell] as number) * mm);
    // In the angle there is too little lung to tell by.
    const told = Math.min(LOWEST, down);
    usual[cell] = profile.at(told, distance);
    low[cell] = Math.max(smoothstep(0, -2, base), smoothstep(ON_FLOOR_MM[1], ON_FLOOR_MM[0], base));
    const wallAt = profile.at(told, -OUTSIDE_MM);
    if (kind !== 'apical') {
      const deep = Math.min(usual[cell], profile.at(told, LUNG_MM));
      const way = wallAt - deep;
      const most = Math.max(0.5 * way + PASSES * way, TISSUE * (Math.min(wallAt, tissue) - deep));
      room[cell] = Math.max(0, deep + most - usual[cell]);
      const moved = capped(Math.max(0, profile.at(told, distance - thick) - deep), most);
      denser[cell] = back * Math.max(0, deep + moved - usual[cell]);
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
    angle:
      kind === 'diffuse'
        ? filledAngle(chest, hemithorax, wall, (down, u, v) => greatest * share(down, u, v))
        : { ...band, data: new Float32Array(band.data.length) },
  };
}

/** As it is as long as it is small, and never more than `most`. */
function capped(value: number, most: number): number {
  return most <= 0 ? 0 : value / (1 + (value / most) ** KNEE) ** (1 / KNEE);
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
    'A thick rind surrounds the lung and shrinks: a veil over it, and a diaphragm that is drawn up (fibrothorax).',
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

/**
 * Atelectasis: lung without air because it has lost volume. Plates are thin lines at the bases that cross segments (Fleischner);
 * a collapsed segment is a wedge from the hilum; a collapsed lobe is dense and small, and its neighbours move into its place.
 */

import type { Chest, ChestPoint } from '../chest';
import { blurred, CHEST_GRID, smoothstep, type Box, type Field } from '../field';
import type { SketchKnowledge } from '../knowledge';
import { uniforms } from '../noise';
import {
  amountOf,
  severityOfAmount,
  type Sketch,
  type SketchAmount,
  type SketchContext,
  type Sketcher,
  type SketchRequest,
} from '../sketch';
import { composed } from './compose';
import { emptyField, fill, join, thickness } from './fill';
import { drawLobe } from './lobeCollapse';
import { addMoved, joinedDisplacements, moved } from './moved';
import { HAZE, surface } from './patches';
import { placings, type Placing } from './placing';
import { addStrokes, curve, strokesAround, strokesIn, type Stroke } from './strokes';
import { lineContrast, onGrid, tonesAfter, tonesOf } from './tones';
import { veil } from './veil';
import { raisedDiaphragm } from './volume';

/** Haze of the poorly aired lung round plates, as a share of soft tissue over lung. */
const HAZE_ROUND = 0.06;
/** A plate is centimetres deep along the beam and is seen on soft films, too. */
const LEAST_SEEN = 0.7;
/** Each plate, and one fainter beside it: segments fold side by side. */
const STRANDS = 2;

/** Thickness of a plate. A segment and a lobe take the severity that it stands for. */
const AMOUNT: SketchAmount = { unit: 'mm', min: 0.8, max: 4, bySeverity: [1, 1.5, 2.2, 3] };

export const atelectasis: Sketcher = {
  finding: 'atelectasis',
  amount: AMOUNT,
  options: [{ name: 'extent', choices: ['plate', 'segment', 'lobe'] }],
  harmonise: 0,
  draw,
};

function draw(context: SketchContext, request: SketchRequest): Sketch {
  switch (request.options.extent) {
    case 'segment':
      return drawSegment(context, request);
    case 'lobe': {
      const amount = amountOf(AMOUNT, request);
      return drawLobe(context, request, amount, severityOfAmount(AMOUNT, amount));
    }
    default:
      return drawPlates(context, request);
  }
}

function drawPlates({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const severity = severityOfAmount(AMOUNT, amount);
  const where = placings(chest, request);
  // Plates come of shallow breath: the diaphragm stands a little higher.
  const isBasal = request.at === undefined && request.mask === undefined;
  const raiseMm = isBasal ? 2 + 2.5 * severity : 0;
  const plates = where.flatMap((placing) => platesIn(chest, placing, request, amount, severity, raiseMm));
  const raised = where.filter(({ asked }) => isBasal && asked[2]);
  const after = moved(
    image,
    raised.length === 0
      ? undefined
      : joinedDisplacements(raised.map(({ frame }) => raisedDiaphragm(chest, frame, raiseMm))),
  );
  const tones = tonesAfter(after, chest);
  const step = Math.max(0.12, tones.tissue - tones.air);
  const stands = lineContrast(tones, step * (0.3 + 0.06 * severity), LEAST_SEEN);
  const around = strokesAround(plates, chest, 9);
  const inside = emptyField();
  for (const { frame } of where) join(inside, after.field(frame.inside).data);
  const drawn: Field = { ...around, data: around.data.map((own, cell) => own * (inside.data[cell] as number)) };
  // Beside a plate lies a little lung that is poorly aired.
  const haze: Field = {
    ...drawn,
    data: blurred(drawn, 2.5).data.map(
      (own, cell) => (HAZE_ROUND + 0.015 * severity) * own * (inside.data[cell] as number) * step,
    ),
  };
  const area = emptyField();
  join(area, drawn.data);
  join(
    area,
    haze.data.map((value) => (value === 0 ? 0 : Math.min(1, value / step / HAZE_ROUND))),
  );
  join(area, after.area.data);
  const fine = (added: Float32Array, box: Box): void => {
    const lines = strokesIn(plates, chest, box, image.width, image.height, tones.blurPixels);
    addStrokes(added, lines, { within: inside, stands }, box, image);
    addMoved(added, after, box);
  };
  return composed(image, { change: haze, where: area, fine }, request, {
    amount,
    plates: plates.filter((_, at) => at % STRANDS === 0).length,
    raisedMm: raised.length === 0 ? 0 : raiseMm,
  });
}

/** One plate, or two from moderate on, a finger or two above the diaphragm; where upper zones are asked, in those. */
function platesIn(
  chest: Chest,
  { frame, weight, asked }: Placing,
  { seed, at, mask }: SketchRequest,
  widthMm: number,
  severity: number,
  raiseMm: number,
): readonly Stroke[] {
  const { lung } = frame;
  const { millimetresPerRow: mm, aspect } = chest;
  const outward = lung.side === 'right' ? -1 : 1;
  const count = severity > 1.5 ? 2 : 1;
  const chance = uniforms(seed, lung.side === 'right' ? 111 : 112, 12);
  const isBasal = at === undefined && mask === undefined && asked[2];
  return Array.from({ length: count }, (_, at) => at).flatMap((plate) => {
    const [across = 0.5, up = 0.5, tilt = 0.5, bend = 0.5, reach = 0.5] = chance.slice(5 * plate, 5 * plate + 5);
    const lengthMm = (45 + 35 * reach) * (0.8 + 0.12 * severity) * (plate === 0 ? 1 : 0.4 + 0.3 * bend);
    const row = Math.round(lung.bottom - 0.3 * (lung.bottom - lung.top));
    const [inner, outer] = [lung.medial[row] as number, lung.lateral[row] as number];
    // A second one lies further out or further in, not under the first.
    const x = inner + (outer - inner) * (0.36 + 0.2 * across + (plate === 0 ? 0 : bend > 0.5 ? 0.16 : -0.1));
    const floor = lung.floor[Math.round(x)] as number;
    const basal = { x, y: (Number.isNaN(floor) ? lung.bottom : floor) - (raiseMm + 10 + 18 * up + 13 * plate) / mm };
    const centre = isBasal
      ? basal
      : at !== undefined
        ? { x: at.x * CHEST_GRID, y: at.y * CHEST_GRID + (plate * 12) / mm }
        : middleOf(weight, ((up - 0.5) * 24 + plate * 14) / mm);
    const angle = (tilt - 0.5) * 0.5 + outward * (plate === 0 ? 0.08 : -0.22);
    const start = {
      x: centre.x - (Math.cos(angle) * lengthMm) / 2 / mm / aspect,
      y: centre.y - (Math.sin(angle) * lengthMm) / 2 / mm,
    };
    const bow = (bend < 0.5 ? -1 : 1) * (0.3 + 0.6 * Math.abs(bend - 0.5));
    // Thick somewhere off its middle, thinning and fading to both ends.
    const peak = 0.35 + 0.3 * reach;
    const taper = (along: number): number =>
      smoothstep(0, peak, along) * smoothstep(1, peak, along) * (0.8 + 0.2 * Math.sin(along * 9 + 6 * bend));
    const strand = (from: ChestPoint, heading: number, length: number, thick: number, force: number): Stroke =>
      curve(
        chest,
        from,
        heading,
        length,
        bow,
        (along) => ({ widthMm: widthMm * thick * (0.35 + taper(along)), strength: force * taper(along) }),
        24,
      );
    const beside = { x: start.x + ((tilt - 0.2) * 14) / mm / aspect, y: start.y + (4 + 5 * across) / mm };
    return [
      strand(start, angle, lengthMm, 1.3, 1),
      strand(beside, angle + (reach - 0.5) * 0.3, lengthMm * (0.45 + 0.3 * up), 0.9, 0.3 + 0.25 * bend),
    ];
  });
}

function middleOf({ data, width }: Field, lower: number): { readonly x: number; readonly y: number } {
  let [sum, x, y] = [0, 0, 0];
  data.forEach((own, cell) => {
    sum += own;
    x += own * ((cell % width) + 0.5);
    y += own * (Math.floor(cell / width) + 0.5);
  });
  return { x: x / sum, y: y / sum + lower };
}

/** A wedge with its tip at the hilum and its base at the pleura. */
function drawSegment({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const severity = severityOfAmount(AMOUNT, amount);
  const half = 0.2 + 0.03 * severity;
  const wobble = surface(request.seed, 67, chest, HAZE);
  const filled = fill(
    placings(chest, request),
    0.24 + 0.13 * severity,
    surface(request.seed, 61, chest, HAZE),
    { densest: 0.8, softness: 0.9 },
    ({ frame, weight }) => {
      const [lean = 0.5] = uniforms(request.seed, frame.lung.side === 'right' ? 113 : 114, 1);
      const middle = middleOf(weight, 0);
      const { hilum } = frame.lung;
      const heading = Math.atan2(middle.y - hilum.y, (middle.x - hilum.x) * chest.aspect) + (lean - 0.5) * 0.5;
      return frame.reach.data.map((reach, cell) => {
        if (reach === 0) return 0;
        const [dx, dy] = [
          ((cell % CHEST_GRID) + 0.5 - hilum.x) * chest.aspect,
          Math.floor(cell / CHEST_GRID) + 0.5 - hilum.y,
        ];
        const off = Math.abs(
          Math.atan2(Math.sin(Math.atan2(dy, dx) - heading), Math.cos(Math.atan2(dy, dx) - heading)),
        );
        const distance = Math.hypot(dx, dy) * chest.millimetresPerRow;
        // Its sides sink in, the more the further out, and one is softer than the other; beside the pleura it frays.
        const side = half * (1 - 0.0022 * distance) + 0.06 * (wobble.data[cell] as number);
        const soft = 0.09 + 5 / Math.max(12, distance);
        return (
          reach *
          thickness(frame, cell) *
          smoothstep(side + soft, side - soft, off) *
          smoothstep(4, 30, distance) *
          (0.6 + 0.4 * smoothstep(0, 30, frame.fromWall.data[cell] as number))
        );
      });
    },
  );
  const tones = tonesOf(image, chest);
  const change = veil(tones, { share: onGrid(tones, filled.share), loss: 0.6, border: onGrid(tones, filled.border) });
  return composed(image, { change, where: filled.where }, request, { amount, share: 0.24 + 0.13 * severity });
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'atelectasis',
  signs: [
    'Plates: thin, nearly horizontal white lines a few centimetres above the diaphragm.',
    'A collapsed lobe is white and small, and a fissure, the hilum or the diaphragm is drawn toward it.',
    'Lower lobe: a triangle beside the spine that hides the inner diaphragm; on the left it is seen through the heart.',
    'Right upper lobe: the minor fissure swings up to a hollow border. Middle lobe: a faint wedge that hides the right heart border.',
    'Left upper lobe: a veil over the upper lung without a lower border, that hides the left heart border. A whole lung is white, and the mediastinum is drawn to it.',
  ],
  sites: [
    'Plates: bases of both lungs, across segments.',
    'Segments and lobes: any; left lower lobe often after surgery.',
  ],
  sizes: ['Plates 1 to 3 mm thick and 3 to 8 cm long.', 'The diaphragm rises by up to 3 cm with a lower lobe.'],
  attenuation: ['Plates and collapsed lung are as dense as soft tissue; thin ones look fainter.'],
  companions: ['effusion'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008 (atelectasis, linear atelectasis)',
    'Woodring and Reed, Types and mechanisms of pulmonary atelectasis, Journal of Thoracic Imaging 11, 1996',
    'Westcott and Cole, Plate atelectasis, Radiology 155, 1985',
  ],
};

/**
 * Fibrosis: a fine net at the bases and along the chest wall, honeycombs where it is severe, and lungs that have shrunk: higher
 * diaphragms, borders of the heart that look frayed.
 */

import type { DensityImage } from '../density';
import { blurred, keptRowsIn, rowsInEach, smoothstep, spanAbove, type Box, type Field } from '../field';
import { lastKeptBy } from '../kept';
import type { SketchKnowledge } from '../knowledge';
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
import { addMoved, joinedDisplacements, moved } from './moved';
import type { LungFrame } from './lungFrame';
import { interstitium, type Interstitium } from './net';
import { HAZE, surface } from './patches';
import { placings } from './placing';
import { lineContrast, onGrid, tonesAfter, type Tones } from './tones';
import { veil } from './veil';
import { raisedDiaphragm } from './volume';

/** Share of the air replaced, net and haze together, where it is most. */
const AMOUNT: SketchAmount = { unit: 'share', min: 0.04, max: 0.75, bySeverity: [0.1, 0.24, 0.42, 0.6] };

/** What of it is haze, and how far the net stands out, in steps from air to soft tissue: no less than NET_SEEN of that on soft films. */
const HAZE_SHARE = 0.6;
const NET = 0.75;
const NET_SEEN = 0.75;

export const fibrosis: Sketcher = {
  finding: 'fibrosis',
  amount: AMOUNT,
  options: [
    { name: 'volume', choices: ['lost', 'kept'] },
    { name: 'honeycomb', choices: ['by severity', 'none'] },
  ],
  harmonise: 0,
  draw,
};

function draw({ image, chest }: SketchContext, request: SketchRequest): Sketch {
  const amount = amountOf(AMOUNT, request);
  const severity = severityOfAmount(AMOUNT, amount);
  const where = placings(chest, request);
  // Where zones are named it keeps to them, else to bases and wall.
  const isFree =
    where.every(({ asked }) => asked.every(Boolean)) && request.at === undefined && request.mask === undefined;
  const filled = fill(
    where,
    amount,
    surface(request.seed, 71, chest, HAZE),
    { densest: 0.85, softness: 0.9 },
    ({ frame, weight }) =>
      weight.data.map((own, cell) =>
        own === 0
          ? 0
          : Math.min(own, frame.inside.data[cell] as number) *
            thickness(frame, cell) *
            siteOf(frame, cell, severity, isFree),
      ),
  );
  const raiseMm = request.options.volume === 'kept' || request.mask !== undefined ? 0 : 3 + 3.5 * severity;
  const after = moved(
    image,
    raiseMm === 0 ? undefined : joinedDisplacements(where.map(({ frame }) => raisedDiaphragm(chest, frame, raiseMm))),
  );
  const share = after.field(filled.share);
  const tones = tonesAfter(after, chest);
  // Haze takes some of it; the net has the rest.
  const change = veil(tones, {
    share: onGrid(tones, share).map((own) => HAZE_SHARE * own),
    loss: -0.5,
    indistinct: 0.3,
    border: onGrid(tones, after.field(filled.border)).map((edge) => 0.25 * edge),
  });
  const step = Math.max(0.15, tones.tissue - tones.air);
  const texture = interstitium(request.seed, chest);
  const { lines, cysts } = asSharpAs(texture, [tones.blurPixels, image.width, image.height].join(' '), () =>
    asSharp(texture, tones, image),
  );
  const stands = lineContrast(tones, NET * step, NET_SEEN);
  const honeycomb = request.options.honeycomb === 'none' ? 0 : smoothstep(1.6, 3, severity);
  const inside = emptyField();
  for (const { frame } of where) join(inside, frame.inside.data);
  const within = after.field(inside);
  const fine = (added: Float32Array, box: Box): void => {
    const { width, height } = image;
    const [netRows, holeRows] = rowsInEach([lines, cysts], box, width, height, keptRowsIn);
    const [muchRows, ownRows] = rowsInEach([share, within], box, width, height);
    for (let y = 0; y < box.height; y++) {
      const much = muchRows(y, 0, box.width);
      const [from, to] = spanAbove(much, Number.MIN_VALUE, box.width);
      const [net, holes, own] = [netRows(y, from, to), holeRows(y, from, to), ownRows(y, from, to)];
      for (let x = from, at = y * box.width + from; x < to; x++, at++) {
        const here = (much[x] as number) * (own[x] as number);
        if (here === 0) continue;
        const cyst = holes[x] as number;
        added[at] =
          (added[at] as number) +
          here * stands * (((net[x] as number) - 0.3) * (1 - 0.35 * honeycomb) - 0.3 * honeycomb * cyst);
      }
    }
    addMoved(added, after, box);
  };
  join(after.area, after.field(filled.where).data);
  return composed(image, { change, where: after.area, fine }, request, { amount, raisedMm: raiseMm, honeycomb });
}

/** Lines and cysts no sharper than the film. */
function asSharp({ lines, cysts }: Interstitium, { blurPixels }: Tones, { width, height }: DensityImage): Interstitium {
  const soft = (field: Field): Field =>
    blurred(field, (blurPixels / width) * field.width, (blurPixels / height) * field.height);
  return { lines: soft(lines), cysts: soft(cysts) };
}

const asSharpAs = lastKeptBy<Interstitium>();

function siteOf({ down, fromEdge, fromWall }: LungFrame, cell: number, severity: number, isFree: boolean): number {
  const rim = smoothstep(40, 6, Math.min(fromWall.data[cell] as number, (fromEdge.data[cell] as number) + 12));
  // In named zones it lies outside, too, and thins toward the hilum.
  if (!isFree) return 0.4 + 0.6 * rim;
  const base = smoothstep(0.4, 0.92, down.data[cell] as number);
  return Math.min(
    1,
    (0.25 + 0.75 * base) *
      (0.3 + 0.7 * Math.max(rim, 0.85 * base)) *
      smoothstep(0, 0.25 + 0.3 * smoothstep(3, 1, severity), down.data[cell] as number),
  );
}

export const KNOWLEDGE: SketchKnowledge = {
  finding: 'fibrosis',
  signs: [
    'A fine net of lines at the bases and along the chest wall.',
    'Rings of small cysts (honeycombs) when it is advanced.',
    'Small lungs: high diaphragms.',
    'Borders of heart and diaphragm look frayed.',
  ],
  sites: [
    'Both bases and the outer lung (usual interstitial pneumonia); upper lungs after tuberculosis or sarcoidosis.',
  ],
  sizes: ['Meshes 3 to 10 mm wide, lines about 1 mm.', 'Honeycomb cysts 3 to 10 mm with walls of 1 to 3 mm.'],
  attenuation: ['Lines of soft tissue over a faint haze; cysts are as dark as lung.'],
  companions: ['emphysema'],
  sources: [
    'Hansell et al., Fleischner Society: glossary of terms for thoracic imaging, Radiology 246, 2008 (reticular pattern, honeycombing)',
    'Raghu et al., Idiopathic pulmonary fibrosis: ATS/ERS/JRS/ALAT guideline, AJRCCM 205, 2022',
  ],
};

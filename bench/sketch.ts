/**
 * How long each finding takes to draw, on one core, at the size of a screen and of a large film; with `--drag` how long each redraw
 * takes while its slider moves, as the studio's worker draws it.
 */

import { cpus, loadavg } from 'node:os';
import { sketcherOf } from '../src/counterfactual/sketch/registry';
import { smoothChest, smoothFilm, smoothProbabilities } from '../src/counterfactual/sketch/testing/chests';
import { DRAWN_FINDINGS } from '../src/findings/drawn';
import { knowledgeOf, usualPlaces } from '../src/findings/knowledge';
import { FINDINGS, type Finding } from '../src/findings/vocabulary';
import type { Reading } from '../src/counterfactual/edit';
import type { Radiograph } from '../src/imaging/radiograph';
import { SketchDesk } from '../src/worker/sketch/desk';

const SIDES = [1000, 3000] as const;
const RUNS = 5;
/** Redraws of a drag, after one that is not counted; a film's longer side. */
const REDRAWS = 12;
const DRAGGED = 2000;

/** @returns the exit status */
export function main(asked: readonly string[]): number {
  const names = asked.filter((name) => name !== '--drag');
  const unknown = names.filter((name) => !FINDINGS.some((finding) => finding === name));
  if (unknown.length > 0) {
    console.error(`There is no finding ${unknown.join(', ')}. Those that are drawn: ${DRAWN_FINDINGS.join(', ')}.`);
    return 1;
  }
  console.log(
    `${String(cpus().length)} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}; milliseconds of processor time`,
  );
  if (asked.includes('--drag')) {
    drags(names.length > 0 ? (names as readonly Finding[]) : DRAWN_FINDINGS);
    return 0;
  }
  for (const side of SIDES) {
    const context = { image: smoothFilm(side, side), chest: smoothChest(side, side) };
    for (const finding of names.length > 0 ? (names as readonly Finding[]) : DRAWN_FINDINGS) {
      const sketcher = sketcherOf(finding);
      if (sketcher === undefined) continue;
      const [place] = usualPlaces(finding);
      const places = knowledgeOf(finding).opacityLike ? usualPlaces(finding) : place === undefined ? [] : [place];
      const times = Array.from({ length: RUNS }, (_, seed) => {
        const before = process.cpuUsage();
        sketcher.draw(context, { finding, places, severity: 3, seed, options: {} });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      }).sort((one, other) => one - other);
      console.log(`${String(side)}² ${finding}: ${(times[RUNS >> 1] ?? 0).toFixed(0)} ms`);
    }
  }
  return 0;
}

/** The desk as the worker holds it, its slider moved from a little to much. */
function drags(findings: readonly Finding[]): void {
  const desk = new SketchDesk();
  const reading = { findings: {}, zoneSeverity: [0, 0, 0, 0, 0, 0], opacityMap: new Float32Array(1024) };
  desk.setFilm({
    radiograph: filmOf(DRAGGED),
    probabilities: smoothProbabilities(),
    // What no drawing reads: that there is none of the findings is all that is asked of it.
    reading: reading as unknown as Reading,
  });
  for (const finding of findings) {
    const [place] = usualPlaces(finding);
    const places = knowledgeOf(finding).opacityLike ? usualPlaces(finding) : place === undefined ? [] : [place];
    const draw = (severity: number): number => {
      const before = process.cpuUsage();
      desk.draw({ edit: { kind: 'add', finding, places, severity }, seed: 1 });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    const first = draw(1);
    const times = Array.from({ length: REDRAWS }, (_, at) => draw(0.6 + (2.4 * at) / REDRAWS));
    times.sort((one, other) => one - other);
    const [middle, most] = [times[REDRAWS >> 1] ?? 0, times.at(-1) ?? 0];
    console.log(`${finding}: first ${first.toFixed(0)}, then ${middle.toFixed(0)} ms (at most ${most.toFixed(0)})`);
  }
}

/** The made-up film of the tests, 12 bits. */
function filmOf(side: number): Radiograph {
  const { values } = smoothFilm(side, side);
  return {
    id: 'drag',
    name: 'drag.dcm',
    format: 'dicom',
    width: side,
    height: side,
    pixels: Uint16Array.from(values, (value) => Math.round(4095 * Math.min(1, Math.max(0, value)))),
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2047.5, windowWidth: 4095 },
    synthetic: true,
    notes: [],
  };
}

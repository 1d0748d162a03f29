/** How long each finding takes to draw, on one core, at the size of a screen and of a large film. */

import { cpus, loadavg } from 'node:os';
import { sketcherOf } from '../src/counterfactual/sketch/registry';
import { smoothChest, smoothFilm } from '../src/counterfactual/sketch/testing/chests';
import { DRAWN_FINDINGS } from '../src/findings/drawn';
import { knowledgeOf, usualPlaces } from '../src/findings/knowledge';
import { FINDINGS, type Finding } from '../src/findings/vocabulary';

const SIDES = [1000, 3000] as const;
const RUNS = 5;

/** @returns the exit status */
export function main(names: readonly string[]): number {
  const unknown = names.filter((name) => !FINDINGS.some((finding) => finding === name));
  if (unknown.length > 0) {
    console.error(`There is no finding ${unknown.join(', ')}. Those that are drawn: ${DRAWN_FINDINGS.join(', ')}.`);
    return 1;
  }
  console.log(
    `${String(cpus().length)} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'}; milliseconds of processor time, median of ${String(RUNS)}`,
  );
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

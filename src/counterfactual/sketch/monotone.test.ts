/** More of a finding is never less of it: of every finding that can be drawn, each with a seed of its own. */

import { describe, expect, it } from 'vitest';
import { DRAWN_FINDINGS } from '../../findings/drawn';
import { knowledgeOf, usualPlaces } from '../../findings/knowledge';
import type { Finding } from '../../findings/vocabulary';
import { sketcherOf } from './registry';
import { smoothChest, smoothFilm } from './testing/chests';
import type { Sketch } from './sketch';

const SIZE = 128;
const context = { image: smoothFilm(SIZE, SIZE), chest: smoothChest(SIZE, SIZE) };
const SEVERITIES = [0.6, 1.4, 2.2, 3];

function draw(finding: Finding, severity: number, seed: number): Sketch {
  const [place] = usualPlaces(finding);
  const places = knowledgeOf(finding).opacityLike ? usualPlaces(finding) : place === undefined ? [] : [place];
  const sketcher = sketcherOf(finding);
  if (sketcher === undefined) throw new Error(`${finding} is not drawn`);
  return sketcher.draw(context, { finding, places, severity, seed, options: {} });
}

/** Pixels that it changes by more than a step of grey in 256, and by how much in all. */
function drawnOf({ change }: Sketch): { readonly pixels: number; readonly sum: number } {
  let [pixels, sum] = [0, 0];
  for (const value of change) {
    if (Math.abs(value) > 1 / 256) pixels++;
    sum += Math.abs(value);
  }
  return { pixels, sum };
}

describe('severity', () => {
  it.each(DRAWN_FINDINGS.map((finding, seed) => ({ finding, seed })))(
    'of $finding is drawn over no less of the film when it is more',
    ({ finding, seed }) => {
      const drawn = SEVERITIES.map((severity) => draw(finding, severity, seed));
      for (let at = 1; at < drawn.length; at++) {
        const [before, after] = [drawn[at - 1], drawn[at]].map((sketch) => drawnOf(sketch as Sketch));
        expect(drawn[at]?.figures.amount).toBeGreaterThan(drawn[at - 1]?.figures.amount as number);
        expect(after?.sum).toBeGreaterThan((before?.sum as number) * 0.99);
        expect(after?.pixels).toBeGreaterThan((before?.pixels as number) * 0.97);
      }
    },
  );
});

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../findings/vocabulary';
import { sketcherOf } from '../registry';
import { amountOf } from '../sketch';
import { smoothChest, smoothFilm } from '../testing/chests';

const SIDE = 192;
const context = { image: smoothFilm(SIDE, SIDE), chest: smoothChest(SIDE, SIDE) };

/** Of the whole film. */
function changeOf(finding: Finding, seed: number, severity: number): Float32Array {
  const sketcher = sketcherOf(finding);
  if (sketcher === undefined) throw new Error(`${finding} is drawn`);
  const options = Object.fromEntries(sketcher.options.map(({ name, choices }) => [name, choices[0]]));
  const { box, change } = sketcher.draw(context, {
    finding,
    places: ['right_mid', 'right_lower'],
    severity,
    amount: amountOf(sketcher.amount, { severity }),
    seed,
    options,
  });
  const whole = new Float32Array(SIDE * SIDE);
  change.forEach((value, i) => {
    whole[(box.y + Math.floor(i / box.width)) * SIDE + box.x + (i % box.width)] = value;
  });
  return whole;
}

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);

/** Mean over the pairs of four seeds. */
function likeness(finding: Finding, severity: number): number {
  const changes = [1, 2, 3, 4].map((seed) => changeOf(finding, seed, severity));
  const pairs = changes.flatMap((one, i) =>
    changes.slice(i + 1).map((other) => dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other))),
  );
  return pairs.reduce((sum, each) => sum + each, 0) / pairs.length;
}

describe('other seeds', () => {
  it.each([
    ['lung_opacity', 0.9],
    ['infiltration', 0.85],
    ['pneumonia', 0.88],
  ] as const)('draw %s elsewhere in what was asked', (finding, most) => {
    expect(likeness(finding, 2)).toBeLessThan(most);
  });

  it('draw as much of it', () => {
    const sums = [1, 2, 3, 4].map((seed) => changeOf('lung_opacity', seed, 1.5).reduce((sum, value) => sum + value, 0));
    expect(Math.max(...sums) / Math.min(...sums)).toBeLessThan(1.35);
  });
});

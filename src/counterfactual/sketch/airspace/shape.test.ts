import { describe, expect, it } from 'vitest';
import { shapeAt } from '../../../findings/lungShape';
import { GRID_CELLS } from '../../../findings/regions';
import { CHEST_GRID } from '../field';
import { smoothChest, smoothFilm } from '../testing/chests';
import { lungFrame } from './lungFrame';
import { drawOpacity } from './opacity';
import { changeInLungs, shapeOf } from './shape';

const chest = smoothChest();
/** A chest of other proportions: the same maps on a film twice as wide. */
const wide = smoothChest(256, 128);
const SEEN = new Float32Array(GRID_CELLS).fill(1);

/** Grey 0, but for a disc of opacity at the outer base of the right lung. */
function sick(): Float32Array {
  const { down, out, inside } = lungFrame(chest, 'right');
  return inside.data.map((own, cell) =>
    own > 0.5 && Math.hypot((down.data[cell] as number) - 0.75, (out.data[cell] as number) - 0.7) < 0.2 ? 0.5 : 0,
  );
}
const healthy = new Float32Array(CHEST_GRID * CHEST_GRID);

function shape() {
  const found = shapeOf(sick(), healthy, SEEN, chest);
  if (found === undefined) throw new Error('no shape');
  return found;
}

describe('the shape of a donor’s opacity', () => {
  it('is where the film has more than its healthy twin, and nowhere else', () => {
    const { right, left } = shape();
    expect(shapeAt(right, 0.75, 0.7)).toBeGreaterThan(0.8);
    expect(shapeAt(right, 0.1, 0.3)).toBe(0);
    expect(left).toMatch(/^0+$/);
  });

  it('is none where both are alike, or where the reader sees no opacity', () => {
    expect(shapeOf(healthy, healthy, SEEN, chest)).toBeUndefined();
    expect(shapeOf(sick(), healthy, new Float32Array(GRID_CELLS), chest)).toBeUndefined();
  });

  it('says where another patient’s lung fills, whatever its proportions', () => {
    const image = smoothFilm(256, 128);
    const request = { finding: 'lung_opacity', places: ['right_lower'], severity: 2, seed: 1, options: {} } as const;
    const given = drawOpacity({ image, chest: wide }, { ...request, shape: shape() }, 'patchy');
    const own = drawOpacity({ image, chest: wide }, request, 'patchy');
    expect(outward(given)).toBeGreaterThan(outward(own));
    expect(total(given)).toBeGreaterThan(0.5 * total(own));
    expect(total(given)).toBeLessThan(2 * total(own));
  });

  it('measures a change in the same coordinates, both ways', () => {
    const cells = changeInLungs(sick(), healthy, chest);
    expect(Math.max(...cells)).toBeGreaterThan(0.3);
    expect(Math.min(...changeInLungs(healthy, sick(), chest))).toBeCloseTo(-Math.max(...cells), 6);
  });
});

type Drawn = ReturnType<typeof drawOpacity>;

function total({ change }: Drawn): number {
  return change.reduce((sum, value) => sum + value, 0);
}

/** Share of what was added that lies in the outer half of the right lung. */
function outward({ box, change }: Drawn): number {
  const { out } = lungFrame(wide, 'right');
  let [outer, all] = [0, 0];
  change.forEach((value, at) => {
    const x = Math.floor(((box.x + (at % box.width)) / 256) * CHEST_GRID);
    const y = Math.floor(((box.y + Math.floor(at / box.width)) / 128) * CHEST_GRID);
    all += value;
    if ((out.data[y * CHEST_GRID + x] as number) > 0.5) outer += value;
  });
  return outer / all;
}

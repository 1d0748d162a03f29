import { describe, expect, it } from 'vitest';
import { displaced, displacedChest, displacementOf } from './displace';
import { CHEST_GRID } from './field';
import { smoothChest, smoothFilm } from './testing/chests';

const SIZE = 320;
const image = smoothFilm(SIZE, SIZE);
const box = { x: 20, y: 30, width: 260, height: 250 };

describe('what moves sideways alone', () => {
  it('comes to the same bits as by the way that also moves up and down', () => {
    const sideways = displacementOf((x) => [6 * Math.sin(x / 30), 0]);
    const level = displaced(image, sideways, box);
    // So little up and down that it counts as none, but it is not nothing.
    const y = { ...sideways.y, data: sideways.y.data.map(() => 1e-30) };
    expect(displaced(image, { ...sideways, y }, box)).toEqual(level);
    expect(level).not.toEqual(
      displaced(
        image,
        displacementOf(() => [0, 0]),
        box,
      ),
    );
  });
});

describe('a chest that is displaced', () => {
  it('has its lungs, their zones and their depth moved', () => {
    const chest = smoothChest(SIZE, SIZE);
    const far = 5;
    const moved = displacedChest(
      chest,
      displacementOf(() => [far, 0]),
    );
    expect(moved.right.apex.x).toBeCloseTo(chest.right.apex.x + far, 0);
    const cell = Math.round(chest.right.hilum.y) * CHEST_GRID + Math.round(chest.right.hilum.x) - 12;
    expect(moved.right.depth.data[cell + far]).toBeCloseTo(chest.right.depth.data[cell] as number, 1);
    expect(moved.right.zones[1].data[cell + far]).toBeCloseTo(chest.right.zones[1].data[cell] as number, 3);
    expect(moved.millimetresPerRow).toBe(chest.millimetresPerRow);
  });
});

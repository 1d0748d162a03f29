import { describe, expect, it } from 'vitest';
import { CHEST_GRID } from '../field';
import { smoothChest, smoothFilm } from '../testing/chests';
import { hemithoraxOf } from './hemithorax';
import { layersOf } from './layers';
import { linesAcross } from './lines';

const SIZE = 256;
const film = smoothFilm(SIZE, SIZE, true);
const chest = smoothChest(SIZE, SIZE);
const layers = layersOf(film, chest);
const hemithorax = hemithoraxOf(chest, 'right');
const { hilum } = hemithorax.lung;
const [cx, cy] = [(hilum.x / CHEST_GRID) * SIZE, (hilum.y / CHEST_GRID) * SIZE];
const box = { x: 40, y: 40, width: 70, height: 80 };

/** A narrow bright line through a place, a way in degrees to the horizontal; how much of it is kept around that place. */
function kept(x: number, y: number, degrees: number): number {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const detail = Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [dx, dy] = [(i % SIZE) - x, Math.floor(i / SIZE) - y];
    return 0.06 * Math.exp(-(((dy * cos - dx * sin) / 1.2) ** 2));
  });
  const lines = linesAcross(detail, layers, chest, hemithorax, box);
  let [own, all] = [0, 0];
  for (let v = y - 6; v <= y + 6; v++)
    for (let u = x - 6; u <= x + 6; u++) {
      const value = detail[v * SIZE + u] as number;
      own += value * (lines[(v - box.y) * box.width + u - box.x] as number);
      all += value * value;
    }
  return own / all;
}

describe('lines in a lung that are none of its vessels', () => {
  const [x, y] = [78, 70];

  it('are edges of ribs and of the collar bone, which are kept as strong as they are', () => {
    for (const degrees of [-40, -20, 0, 8]) {
      expect(kept(x, y, degrees)).toBeGreaterThan(0.9);
      expect(kept(x, y, degrees)).toBeLessThan(1.1);
    }
  });

  it('are, by far the most of it, not what runs to the hilum, or steeply', () => {
    expect(kept(x, y, (Math.atan2(y - cy, x - cx) * 180) / Math.PI)).toBeLessThan(0.4);
    expect(kept(x, y, 80)).toBeLessThan(0.25);
    expect(kept(x, y, -85)).toBeLessThan(0.35);
  });
});

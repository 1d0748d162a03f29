import { describe, expect, it } from 'vitest';
import { gaussianNoise } from '../random';
import { devicesIn } from './devices';
import { fineLung } from './testing/films';

const SIDE = 300;
const cell = (x: number, y: number): number => y * SIDE + x;
const grain = gaussianNoise(5, 0, 0, SIDE * SIDE, 1);

/** Half of a can is its circuits, the other half shows the lung inside of its rim. */
function can(x: number, y: number): number {
  const far = Math.hypot(x - 150, y - 150);
  if (far > 32) return 0;
  if (far > 29) return 0.4;
  if (y > 150) return 0.05;
  return x % 8 < 3 && y % 8 < 5 ? 0.45 : 0.1;
}

describe('devices', () => {
  it('are a can whose circuits show, as a whole, with the half that hardly shows', () => {
    const { devices } = devicesIn(fineLung(SIDE, can));
    expect(devices?.[cell(150, 135)]).toBeGreaterThan(0.9);
    expect(devices?.[cell(150, 165)]).toBeGreaterThan(0.9);
    expect(devices?.[cell(60, 60)]).toBe(0);
  });

  it('are found as well where all that the lung shows is harsher, if they are sharper than that', () => {
    const harsh = (x: number, y: number): number => 0.025 * (grain[cell(x, y)] as number) + 3 * can(x, y);
    expect(devicesIn(fineLung(SIDE, harsh)).devices?.[cell(150, 165)]).toBeGreaterThan(0.9);
  });

  it.each([
    ['grain, however harsh', (x: number, y: number) => 0.08 * (grain[cell(x, y)] as number)],
    ['rib ends along the wall', (x: number, y: number) => (x > 270 && y % 40 < 8 ? 0.3 : 0)],
    ['a lead', (x: number) => (Math.abs(x - 150) < 1.5 ? 0.3 : 0)],
    ['a vessel seen end on', (x: number, y: number) => (Math.hypot(x - 150, y - 150) < 2 ? 0.3 : 0)],
  ])('are not %s', (_, drawn) => {
    expect(devicesIn(fineLung(SIDE, drawn), (x) => x > 258).devices).toBeUndefined();
  });

  it('leave a clip that lies alone, and no vessel seen end on, as a clip', () => {
    const clip = devicesIn(fineLung(SIDE, (x, y) => (Math.abs(x - 150) < 7 && Math.abs(y - 150) < 1.5 ? 0.4 : 0)));
    expect(clip.clips?.[cell(150, 150)]).toBeGreaterThan(0.9);
    expect(devicesIn(fineLung(SIDE, (x, y) => (Math.hypot(x - 150, y - 150) < 2 ? 0.4 : 0))).clips).toBeUndefined();
  });
});

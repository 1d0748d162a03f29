import { describe, expect, it } from 'vitest';
import { gaussianNoise } from '../random';
import { wiresIn } from './wires';

const SIDE = 300;
const MM = [1.4, 1.4] as const;
const FILM = { lung: 0.2, contrast: 0.5 };

/** A lung at 0.2 with grain, and what is drawn on it. */
function film(drawn: (x: number, y: number) => number = () => 0) {
  const grain = gaussianNoise(3, 0, 0, SIDE * SIDE, 1);
  const data = Float32Array.from(
    { length: SIDE * SIDE },
    (_, at) => 0.2 + 0.01 * (grain[at] as number) + drawn(at % SIDE, Math.floor(at / SIDE)),
  );
  return { width: SIDE, height: SIDE, data };
}

const arc = (x: number, y: number): number => Math.abs(Math.hypot(x - 40, y - 20) - 160);
const foundOf = (wires: Float32Array | undefined): number => wires?.filter((share) => share > 0.5).length ?? 0;

describe('wires', () => {
  it('are found along a curve, and nowhere else', () => {
    const wires = wiresIn(
      film((x, y) => (arc(x, y) < 1.3 ? 0.25 : 0)),
      MM,
      FILM,
    );
    let [on, off] = [0, 0];
    wires?.forEach((share, at) => {
      if (share <= 0.5) return;
      if (arc(at % SIDE, Math.floor(at / SIDE)) < 3) on++;
      else off++;
    });
    expect(on).toBeGreaterThan(150);
    expect(off).toBe(0);
  });

  it.each([
    ['a clear lung', () => 0],
    ['the edge of a rib', (x: number, y: number) => (arc(x, y) < 20 ? 0.12 : 0)],
    ['the edge of soft tissue', (x: number) => (x > 150 ? 0.5 : 0)],
    ['a vessel', (x: number, y: number) => (arc(x, y) < 1.6 ? 0.06 : 0)],
    ['a dot', (x: number, y: number) => (Math.hypot(x - 150, y - 150) < 4 ? 0.4 : 0)],
  ])('are not %s', (_, drawn) => {
    expect(foundOf(wiresIn(film(drawn), MM, FILM))).toBe(0);
  });

  it('are fainter over what is dense, where no vessels are seen', () => {
    const faint = (x: number, y: number): number => (arc(x, y) < 1.3 ? 0.12 : 0);
    expect(foundOf(wiresIn(film(faint), MM, FILM))).toBe(0);
    expect(
      foundOf(
        wiresIn(
          film((x, y) => 0.6 + faint(x, y)),
          MM,
          FILM,
        ),
      ),
    ).toBeGreaterThan(100);
  });
});

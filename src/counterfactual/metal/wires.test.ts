import { describe, expect, it } from 'vitest';
import { fineLung } from './testing/films';
import { wiresIn } from './wires';

const SIDE = 300;

const arc = (x: number, y: number): number => Math.abs(Math.hypot(x - 40, y - 20) - 160);
const foundOf = (wires: Float32Array | undefined): number => wires?.filter((share) => share > 0.5).length ?? 0;

describe('wires', () => {
  it('are found along a curve, and nowhere else', () => {
    const wires = wiresIn(fineLung(SIDE, (x, y) => (arc(x, y) < 1.3 ? 0.25 : 0)));
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
    expect(foundOf(wiresIn(fineLung(SIDE, drawn)))).toBe(0);
  });

  it('are fainter over what is dense, where no vessels are seen', () => {
    const faint = (x: number, y: number): number => (arc(x, y) < 1.3 ? 0.075 : 0);
    expect(foundOf(wiresIn(fineLung(SIDE, faint)))).toBe(0);
    expect(foundOf(wiresIn(fineLung(SIDE, (x, y) => 0.6 + faint(x, y))))).toBeGreaterThan(100);
  });

  it('go on where they are fainter, over a gap, and nowhere aside', () => {
    const own = (x: number, y: number): number => (arc(x, y) < 1.3 ? (y < 120 ? 0.3 : y < 126 ? 0 : 0.045) : 0);
    const wires = wiresIn(fineLung(SIDE, own));
    let [faint, off] = [0, 0];
    wires?.forEach((share, at) => {
      if (share < 0.5) return;
      const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
      if (arc(x, y) > 4) off++;
      else if (y > 130) faint++;
    });
    expect(faint).toBeGreaterThan(20);
    expect(off).toBeLessThan(3);
  });
});

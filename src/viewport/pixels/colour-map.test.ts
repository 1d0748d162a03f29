// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colourise, colourMapGradient, divergingColour } from './colour-map';

describe('difference colours', () => {
  it('are black where nothing changed, bluer below and redder above', () => {
    expect(divergingColour(0)).toEqual([0, 0, 0]);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (value) => {
        const [red, , blue] = divergingColour(value);
        const [coldRed, , coldBlue] = divergingColour(-value);
        expect(red).toBeGreaterThan(blue);
        expect(coldBlue).toBeGreaterThan(coldRed);
      }),
    );
  });

  it('grow lighter with the magnitude', () => {
    for (const sign of [-1, 1]) {
      let before = -1;
      for (let step = 0; step <= 20; step++) {
        const light = divergingColour((sign * step) / 20).reduce((sum, channel) => sum + channel, 0);
        expect(light).toBeGreaterThan(before);
        before = light;
      }
    }
  });

  it('saturate at the limit', () => {
    const rgba = colourise(Float32Array.from([-0.4, 0, 0.2, 9]), 0.2);
    expect([...rgba.slice(0, 3)]).toEqual([...divergingColour(-1)]);
    expect([...rgba.slice(4, 8)]).toEqual([0, 0, 0, 255]);
    expect([...rgba.slice(8, 11)]).toEqual([...divergingColour(1)]);
    expect([...rgba.slice(12, 15)]).toEqual([...divergingColour(1)]);
  });

  it('have the legend run from the darker to the brighter end', () => {
    const gradient = colourMapGradient();
    expect(gradient.startsWith('linear-gradient(to right, rgb(176 224 255)')).toBe(true);
    expect(gradient.endsWith('rgb(255 222 168))')).toBe(true);
  });
});

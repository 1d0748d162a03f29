/** The diverging map of the difference: blue where the result is darker, black where nothing changed, orange where brighter. */

export type Rgb = readonly [number, number, number];

/** Value -1 to 1, evenly spaced; equally light on both sides so that neither sign shouts. */
const STOPS: readonly Rgb[] = [
  [176, 224, 255],
  [52, 140, 230],
  [14, 52, 104],
  [0, 0, 0],
  [104, 48, 8],
  [232, 128, 32],
  [255, 222, 168],
];

const MAP_SIZE = 511;

/** Colour of a value in [-1, 1]; beyond, the end colours. */
export function divergingColour(value: number): Rgb {
  const position = ((Math.min(1, Math.max(-1, value)) + 1) / 2) * (STOPS.length - 1);
  const index = Math.min(STOPS.length - 2, Math.floor(position));
  const t = position - index;
  const [a, b] = [STOPS[index] as Rgb, STOPS[index + 1] as Rgb];
  const mix = (from: number, to: number): number => Math.round(from + (to - from) * t);
  return [mix(a[0], b[0]), mix(a[1], b[1]), mix(a[2], b[2])];
}

/** Signed values to RGBA, opaque; `limit` is the magnitude that gets the end colours. */
export function colourise(values: Float32Array, limit: number): Uint8ClampedArray<ArrayBuffer> {
  const table = Array.from({ length: MAP_SIZE }, (_, index) => divergingColour((2 * index) / (MAP_SIZE - 1) - 1));
  const middle = (MAP_SIZE - 1) / 2;
  const rgba = new Uint8ClampedArray(values.length * 4);
  for (let index = 0; index < values.length; index++) {
    const scaled = Math.min(1, Math.max(-1, (values[index] as number) / limit));
    const [r, g, b] = table[Math.round(middle + scaled * middle)] as Rgb;
    rgba[4 * index] = r;
    rgba[4 * index + 1] = g;
    rgba[4 * index + 2] = b;
    rgba[4 * index + 3] = 255;
  }
  return rgba;
}

/** The same map as a CSS gradient, negative end left. */
export function colourMapGradient(): string {
  const stops = STOPS.map(([r, g, b]) => `rgb(${r} ${g} ${b})`);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}

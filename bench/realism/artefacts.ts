/** What no lung looks like, made on purpose inside a mask, at two strengths. Images [256 x 256] in [-1, 1]. */

import { gaussian } from '../../src/counterfactual/realism/patch';
import { gaussianNoise } from '../../src/counterfactual/random';
import { uniforms } from '../../src/counterfactual/sketch/noise';
import { GRID_SIZE as SIDE } from '../../src/imaging/resample';

export const STRENGTHS = ['middling', 'strong'] as const;

interface Made {
  readonly image: Float32Array;
  readonly mask: Float32Array;
  /** Of STRENGTHS. */
  readonly strength: number;
  readonly seed: number;
  /** A film of another source. */
  readonly foreign: Float32Array;
}

type Artefact = (made: Made) => Float32Array;

const PIXELS = SIDE * SIDE;
const blurOf = (data: Float32Array, sigma: number): Float32Array =>
  gaussian({ width: SIDE, height: SIDE, data }, sigma);
const limit = (value: number): number => Math.min(1, Math.max(-1, value));

/** The image with `change` where the mask is. */
function within(image: Float32Array, mask: Float32Array, change: (i: number) => number): Float32Array {
  return image.map((value, i) => ((mask[i] as number) > 0 ? limit(value + (mask[i] as number) * change(i)) : value));
}

const pick = (of: readonly number[], strength: number): number => of[strength] ?? 0;

/** What is inside is drawn round here. */
function middleOf(mask: Float32Array): readonly number[] {
  return Array.from(mask.keys()).filter((i) => (mask[i] as number) > 0.5);
}

/** Bright branches that branch again, over a haze: what a sampler that is asked for too much draws. */
const fern: Artefact = ({ image, mask, strength, seed }) => {
  const drawn = new Float32Array(PIXELS);
  const inside = middleOf(mask);
  const numbers = uniforms(seed, 1, 4000);
  let used = 0;
  const next = (): number => numbers[used++ % numbers.length] ?? 0;
  const grow = (x: number, y: number, angle: number, length: number, thick: number, depth: number): void => {
    let [px, py, turn] = [x, y, angle];
    for (let step = 0; step < length; step++) {
      turn += (next() - 0.5) * 0.3;
      px += Math.cos(turn);
      py += Math.sin(turn);
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) {
          const [cx, cy] = [Math.round(px) + dx, Math.round(py) + dy];
          if (cx < 0 || cy < 0 || cx >= SIDE || cy >= SIDE) continue;
          const near = Math.exp(-((cx - px) ** 2 + (cy - py) ** 2) / (2 * thick * thick));
          drawn[cy * SIDE + cx] = Math.max(drawn[cy * SIDE + cx] as number, near);
        }
      if (depth > 0 && step % 7 === 6)
        grow(px, py, turn + (next() < 0.5 ? 1 : -1) * (0.6 + 0.4 * next()), length * 0.55, thick * 0.85, depth - 1);
    }
  };
  const trunks = Math.max(2, Math.round(inside.length / 900));
  for (let trunk = 0; trunk < trunks; trunk++) {
    const at = inside[Math.floor(next() * inside.length)] ?? 0;
    grow(at % SIDE, Math.floor(at / SIDE), 2 * Math.PI * next(), 26, 1.1, 2);
  }
  const most = pick([0.3, 0.6], strength);
  return within(image, mask, (i) => most * ((drawn[i] as number) + 0.3));
};

/** Shards with straight sides, each lighter or darker than the next. */
const glass: Artefact = ({ image, mask, strength, seed }) => {
  const inside = middleOf(mask);
  const count = Math.max(4, Math.round(inside.length / 140));
  const numbers = uniforms(seed, 2, 3 * count);
  const shards = Array.from({ length: count }, (_, k) => {
    const at = inside[Math.floor((numbers[3 * k] ?? 0) * inside.length)] ?? 0;
    return {
      x: at % SIDE,
      y: Math.floor(at / SIDE),
      lift: 2 * (numbers[3 * k + 1] ?? 0) - 0.7,
      tilt: 0.6 + 0.8 * (numbers[3 * k + 2] ?? 0),
    };
  });
  const most = pick([0.2, 0.4], strength);
  return within(image, mask, (i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    let [best, lift] = [Infinity, 0];
    for (const shard of shards) {
      const far = Math.abs(x - shard.x) * shard.tilt + Math.abs(y - shard.y + 0.4 * (x - shard.x));
      if (far < best) [best, lift] = [far, shard.lift];
    }
    return most * lift;
  });
};

const blur: Artefact = ({ image, mask, strength }) => {
  const soft = blurOf(image, pick([1.3, 2.2], strength));
  return within(image, mask, (i) => (soft[i] as number) - (image[i] as number));
};

const sharpened: Artefact = ({ image, mask, strength }) => {
  const soft = blurOf(image, 1.3);
  return within(image, mask, (i) => pick([2.5, 5], strength) * ((image[i] as number) - (soft[i] as number)));
};

/** Squares of two to four pixels, as a decoder's strides leave. */
const checkerboard: Artefact = ({ image, mask, strength, seed }) => {
  const cell = 2 + (seed % 3);
  const most = pick([0.08, 0.16], strength);
  return within(image, mask, (i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return most * ((Math.floor(x / cell) + Math.floor(y / cell)) % 2 === 0 ? 1 : -1);
  });
};

/** The fine half of a film of another source, a quarter turn round, in place of the own. */
const foreignTexture: Artefact = ({ image, mask, strength, foreign }) => {
  const share = pick([0.65, 1], strength);
  const turned = Float32Array.from(
    { length: PIXELS },
    (_, i) => foreign[(SIDE - 1 - (i % SIDE)) * SIDE + Math.floor(i / SIDE)] as number,
  );
  const [own, other] = [blurOf(image, 6), blurOf(turned, 6)];
  return within(
    image,
    mask,
    (i) => share * ((turned[i] as number) - (other[i] as number) - ((image[i] as number) - (own[i] as number))),
  );
};

/** One small piece of the lung again and again. */
const repeated: Artefact = ({ image, mask, strength, seed }) => {
  const [share, tile] = [pick([0.65, 1], strength), 20 + (seed % 9)];
  const inside = middleOf(mask);
  const [where = 0] = uniforms(seed, 3, 1);
  const at = inside[Math.floor(where * inside.length)] ?? 0;
  const [x0, y0] = [Math.min(SIDE - tile, at % SIDE), Math.min(SIDE - tile, Math.floor(at / SIDE))];
  const own = blurOf(image, 6);
  return within(image, mask, (i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const from = (y0 + (y % tile)) * SIDE + x0 + (x % tile);
    return share * ((image[from] as number) - (own[from] as number) - ((image[i] as number) - (own[i] as number)));
  });
};

/** White noise by the film's own finest grain. */
const grain: Artefact = ({ image, mask, strength, seed }) => {
  const soft = blurOf(image, 0.7);
  const fine = Math.sqrt(
    middleOf(mask).reduce((sum, i) => sum + ((image[i] as number) - (soft[i] as number)) ** 2, 0) /
      Math.max(1, middleOf(mask).length),
  );
  const noise = gaussianNoise(seed, 4, 0, PIXELS);
  return within(image, mask, (i) => pick([2.5, 6], strength) * fine * (noise[i] as number));
};

const rectangles: Artefact = ({ image, mask, strength, seed }) => {
  const inside = middleOf(mask);
  const count = Math.max(2, Math.round(inside.length / 700));
  const numbers = uniforms(seed, 5, 4 * count);
  const lifted = new Float32Array(PIXELS);
  for (let k = 0; k < count; k++) {
    const [place = 0, w = 0, h = 0, sign = 0] = numbers.slice(4 * k);
    const at = inside[Math.floor(place * inside.length)] ?? 0;
    const [x0, y0] = [at % SIDE, Math.floor(at / SIDE)];
    for (let y = y0; y < Math.min(SIDE, y0 + 6 + 18 * h); y++)
      for (let x = x0; x < Math.min(SIDE, x0 + 6 + 18 * w); x++) lifted[y * SIDE + x] = sign < 0.3 ? -1 : 1;
  }
  const most = pick([0.16, 0.32], strength);
  return within(image, mask, (i) => most * (lifted[i] as number));
};

/** A level that begins at the mask's border, without a rim. */
const seam: Artefact = ({ image, mask, strength, seed }) => {
  const most = pick([0.16, 0.32], strength) * (seed % 3 === 0 ? -1 : 1);
  return image.map((value, i) => ((mask[i] as number) > 0.5 ? limit(value + most) : value));
};

export const ARTEFACTS: Readonly<Record<string, Artefact>> = {
  fern,
  glass,
  blur,
  sharpened,
  checkerboard,
  foreign: foreignTexture,
  repeated,
  grain,
  rectangles,
  seam,
};

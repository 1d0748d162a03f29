/**
 * The body of a nodule or mass as the beam sees it: how much tissue lies along each ray. Spheres that merge give a solid body
 * (the chord of their union, so that lobes in front of one another add only where they do not overlap), a hollow takes its own
 * chord away, strands stand out from the margin.
 */

import { blurred, fieldAt, fieldIn, smoothstep, type Field } from '../field';
import { smoothNoise, uniforms } from '../noise';

export type Margin = 'smooth' | 'lobulated' | 'spiculated';
export type Density = 'solid' | 'part-solid' | 'calcified' | 'cavitating';

export interface Body {
  /**
   * Soft tissue along the ray as a share of the diameter: 1 through the middle of a solid ball, more where it is calcified,
   * below 0 where air has taken the place of lung. Spans [-REACH, REACH] radii both ways.
   */
  readonly tissue: Field;
  /** The wall's thickness as a share of the diameter where it is hollow. */
  readonly wall?: number;
  /** Power of what lies along a ray that the film answers: 1 (where absent) a ball's shadow, less a flatter one, as of a disc. */
  readonly round?: number;
}

/** Half the width of the field, in radii. */
export const REACH = 2.2;
export const CELLS = 224;
/** Cells of the noise that bends it: less would show, more costs a preview its liveliness. */
const NOISE = 64;
/** Air in place of lung that holds a quarter of soft tissue's density, relative to soft tissue in its place. */
export const AIR = -0.33;
/** Hydroxyapatite at about 70 keV attenuates some three times as soft tissue does for the same path in a part-calcified nodule. */
const CALCIUM = 3.2;
/** How uneven its tissue is, as a share of it. */
const MOTTLE = 0.12;
/** Ground glass: lung half filled. */
const GROUND_GLASS = 0.38;

/** One that leads to it from the hilum. */
export interface Vessel {
  /** Toward the hilum; 0 is the image's right, a quarter turn down. */
  readonly angle: number;
  /** As a share of the diameter. */
  readonly width: number;
}

export interface Ball {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

/**
 * @param options.fluid the hollow holds some, up to a level
 * @param options.edge blur of the margin in radii
 * @param options.strandEdge that of strands, which are thin: the margin's would leave nothing of them
 */
export function bodyOf(
  margin: Margin,
  density: Density,
  seed: number,
  options: { readonly fluid: boolean; readonly edge: number; readonly strandEdge: number; readonly vessel: Vessel },
): Body {
  const shape = { margin, seed, warp: margin === 'spiculated' ? 0.13 : margin === 'lobulated' ? 0.11 : 0.08 };
  const outer = balls(margin, seed);
  const scale = radiusOf(outer);
  const solid = chords(outer, shape, scale);
  const data = solid.data;
  const result = density === 'cavitating' ? hollowed(solid, seed, margin, options.fluid) : { tissue: solid };
  if (density === 'part-solid') partSolid(data, seed);
  if (density === 'calcified') calcify(data, seed);
  if (density !== 'calcified') addVessel(data, seed, options.vessel);
  mottle(data, seed, MOTTLE);
  const cells = (radii: number): number => (radii / REACH) * (CELLS / 2);
  const tissue = blurred(result.tissue, cells(options.edge));
  return { ...result, tissue: margin === 'spiculated' ? withStrands(tissue, seed, cells(options.strandEdge)) : tissue };
}

/** One large ball, and by margin smaller ones that stand out of it; radii of the whole are about 1. */
function balls(margin: Margin, seed: number): readonly Ball[] {
  const r = uniforms(seed, 11, 64);
  const at = (index: number): number => r[index] as number;
  if (margin === 'smooth') {
    // Two balls close together: the slight oval that most nodules have.
    const angle = at(0) * 2 * Math.PI;
    const apart = 0.06 + 0.16 * at(1);
    return [-1, 1].map((side) => ({
      x: side * apart * Math.cos(angle),
      y: side * apart * Math.sin(angle),
      z: 0,
      radius: side < 0 ? 0.95 : 0.88 + 0.07 * at(2),
    }));
  }
  const count = margin === 'lobulated' ? 5 + Math.floor(3 * at(3)) : 4;
  const start = at(4) * 2 * Math.PI;
  const lobes = Array.from({ length: count }, (_, lobe) => {
    const angle = start + (2 * Math.PI * (lobe + 0.7 * (at(5 + lobe) - 0.5))) / count;
    const tilt = (at(16 + lobe) - 0.5) * 1.2;
    const radius = margin === 'lobulated' ? 0.42 + 0.24 * at(28 + lobe) : 0.3 + 0.2 * at(28 + lobe);
    const out = (margin === 'lobulated' ? 0.97 : 0.86) - radius * 0.62;
    return {
      x: out * Math.cos(angle) * Math.cos(tilt),
      y: out * Math.sin(angle) * Math.cos(tilt),
      z: out * Math.sin(tilt),
      radius,
    };
  });
  return [{ x: 0, y: 0, z: 0, radius: 0.8 }, ...lobes];
}

/** Union of the balls' chords along the beam, as a share of the diameter 2. */
export function chords(
  bodies: readonly Ball[],
  { seed, warp }: { readonly seed: number; readonly warp: number },
  scale: number,
): Field {
  const [bendX, bendY] = [1, 2].map((axis) => warpOf(seed, axis)) as [Float32Array, Float32Array];
  const data = new Float32Array(CELLS * CELLS);
  const starts = new Float64Array(bodies.length);
  const ends = new Float64Array(bodies.length);
  for (let row = 0, cell = 0; row < CELLS; row++) {
    const v = (row + 0.5) / CELLS;
    for (let column = 0; column < CELLS; column++, cell++) {
      const u = (column + 0.5) / CELLS;
      const [px, py] = [(2 * u - 1) * REACH * scale, (2 * v - 1) * REACH * scale];
      if (px * px + py * py > 2.2) continue;
      const [x, y] = [px + warp * (bendX[cell] as number), py + warp * (bendY[cell] as number)];
      let count = 0;
      for (const ball of bodies) {
        const half = ball.radius ** 2 - (x - ball.x) ** 2 - (y - ball.y) ** 2;
        if (half <= 0) continue;
        const reach = Math.sqrt(half);
        // Kept in order of their starts: there are few.
        let place = count++;
        for (; place > 0 && (starts[place - 1] as number) > ball.z - reach; place--) {
          starts[place] = starts[place - 1] as number;
          ends[place] = ends[place - 1] as number;
        }
        starts[place] = ball.z - reach;
        ends[place] = ball.z + reach;
      }
      let [length, until] = [0, -Infinity];
      for (let k = 0; k < count; k++) {
        const [from, to] = [Math.max(starts[k] as number, until), ends[k] as number];
        if (to > from) length += to - from;
        until = Math.max(until, to);
      }
      data[cell] = length / 2 / scale;
    }
  }
  return { width: CELLS, height: CELLS, data };
}

/** Broad bends with a little fray, at each cell. */
function warpOf(seed: number, axis: number): Float32Array {
  const whole = { x: 0, y: 0, width: CELLS, height: CELLS };
  const [bend, fray] = [
    fieldIn(smoothNoise(seed, 20 + axis, 0.11, NOISE), whole, CELLS, CELLS),
    fieldIn(smoothNoise(seed, 24 + axis, 0.035, NOISE), whole, CELLS, CELLS),
  ];
  return bend.map((value, cell) => value + 0.3 * (fray[cell] as number));
}

/** Radius of the round that covers as much as the outline of the balls. */
function radiusOf(bodies: readonly Ball[]): number {
  const side = 120;
  let covered = 0;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const [x, y] = [((column + 0.5) / side) * 3 - 1.5, ((row + 0.5) / side) * 3 - 1.5];
      if (bodies.some((ball) => (x - ball.x) ** 2 + (y - ball.y) ** 2 < ball.radius ** 2)) covered++;
    }
  }
  return Math.sqrt((covered * (3 / side) ** 2) / Math.PI);
}

/** A hollow off the middle with an uneven wall, filled to a level with fluid. */
function hollowed(solid: Field, seed: number, margin: Margin, fluid: boolean): Body {
  const r = uniforms(seed, 12, 8);
  const at = (index: number): number => r[index] as number;
  const radius = 0.5 + 0.2 * at(0);
  const [dx, dy] = [(at(1) - 0.5) * 0.24, (at(2) - 0.5) * 0.24];
  const hollow = chords(
    [
      { x: dx, y: dy, z: 0, radius },
      { x: dx + radius * 0.35 * (at(3) - 0.5), y: dy + radius * 0.35 * (at(4) - 0.5), z: 0.1, radius: radius * 0.8 },
    ],
    { seed: seed + 0x9e37, warp: margin === 'smooth' ? 0.05 : 0.09 },
    1,
  );
  const level = fluid ? dy + radius * (0.15 + 0.4 * at(5)) : 2 * REACH;
  // One cell: a fluid level is as sharp as anything on the film.
  const cellRows = (2 * REACH) / CELLS;
  for (let cell = 0; cell < solid.data.length; cell++) {
    const empty = Math.min(hollow.data[cell] as number, solid.data[cell] as number);
    if (empty <= 0) continue;
    const y = (2 * (Math.floor(cell / CELLS) + 0.5)) / CELLS - 1;
    const air = smoothstep(level + cellRows, level - cellRows, y * REACH);
    solid.data[cell] = (solid.data[cell] as number) - air * empty * (1 - AIR);
  }
  return { tissue: solid, wall: (1 - radius) / 2 };
}

/** Ground glass about a solid core. */
function partSolid(data: Float32Array, seed: number): void {
  const r = uniforms(seed, 13, 4);
  const core = {
    x: ((r[0] as number) - 0.5) * 0.5,
    y: ((r[1] as number) - 0.5) * 0.5,
    z: 0,
    radius: 0.36 + 0.16 * (r[2] as number),
  };
  const inner = chords([core], { seed: seed + 0x51ed, warp: 0.08 }, 1);
  for (let cell = 0; cell < data.length; cell++) {
    const whole = data[cell] as number;
    data[cell] = GROUND_GLASS * whole + (1 - GROUND_GLASS) * Math.min(whole, inner.data[cell] as number);
  }
}

/** Throughout, central, in shells, or like popcorn: the patterns of benign calcification, by the seed. */
function calcify(data: Float32Array, seed: number): void {
  const [pattern = 0] = uniforms(seed, 14, 1);
  const clumps = smoothNoise(seed, 31, 0.035, NOISE);
  for (let cell = 0; cell < data.length; cell++) {
    const whole = data[cell] as number;
    if (whole <= 0) continue;
    const [x, y] = [((cell % CELLS) + 0.5) / CELLS, (Math.floor(cell / CELLS) + 0.5) / CELLS];
    // A ball's chord gives back how far from the middle the ray passes.
    const middle = Math.sqrt(Math.max(0, 1 - whole * whole));
    const share =
      pattern < 0.4
        ? 1
        : pattern < 0.65
          ? smoothstep(0.75, 0.45, middle)
          : pattern < 0.8
            ? 0.35 + 0.65 * smoothstep(0.62, 0.8, middle)
            : smoothstep(-0.2, 0.9, fieldAt(clumps, x, y));
    data[cell] = whole * (1 + (CALCIUM - 1) * share);
  }
}

/** Strands of fibrosis that run straight out from the margin, thinning; and a little of the lung drawn in between them. */
function withStrands(tissue: Field, seed: number, edge: number): Field {
  const r = uniforms(seed, 15, 160);
  const at = (index: number): number => r[index] as number;
  const count = 16 + Math.floor(10 * at(0));
  const cellsPerRadius = CELLS / 2 / REACH;
  const strands = new Float32Array(tissue.data.length);
  for (let strand = 0; strand < count; strand++) {
    const own = 1 + strand * 6;
    const angle = ((strand + 0.9 * (at(own) - 0.5)) / count) * 2 * Math.PI;
    const long = at(own + 1) ** 2;
    const [from, to] = [0.7, 1.18 + 0.85 * long];
    const [curl, thick] = [(at(own + 2) - 0.5) * 0.5, 0.045 + 0.05 * at(own + 3)];
    const weight = 0.1 + 0.13 * at(own + 4);
    for (let step = 0, steps = Math.ceil((to - from) * cellsPerRadius * 1.5); step < steps; step++) {
      const along = step / steps;
      const distance = from + (to - from) * along;
      const turned = angle + curl * along * along * 0.4;
      const [x, y] = [
        distance * Math.cos(turned) * cellsPerRadius + CELLS / 2,
        distance * Math.sin(turned) * cellsPerRadius + CELLS / 2,
      ];
      stroke(strands, x, y, Math.max(0.8, thick * (1 - 0.75 * along) * cellsPerRadius), weight * (1 - along) ** 0.7);
    }
  }
  mottle(strands, seed, MOTTLE);
  const fine = blurred({ ...tissue, data: strands }, edge);
  const joined = tissue.data.map((own, cell) => Math.max(own, 0.75 * own + (fine.data[cell] as number)));
  return { ...tissue, data: joined };
}

/** Two of three have one: a little bent, as thick as it is wide, fading where it leaves the plane of the film. */
function addVessel(data: Float32Array, seed: number, { angle, width }: Vessel): void {
  const [has = 0, turn = 0.5, bend = 0.5, reach = 0.5] = uniforms(seed, 17, 4);
  if (has > 0.67) return;
  const cellsPerRadius = CELLS / 2 / REACH;
  const to = 1.4 + 0.7 * reach;
  const strand = new Float32Array(data.length);
  for (let step = 0, steps = Math.ceil((to - 0.6) * cellsPerRadius * 1.5); step < steps; step++) {
    const along = step / steps;
    const distance = 0.6 + (to - 0.6) * along;
    const turned = angle + (turn - 0.5) * 0.9 + (bend - 0.5) * 0.7 * along * along;
    stroke(
      strand,
      distance * Math.cos(turned) * cellsPerRadius + CELLS / 2,
      distance * Math.sin(turned) * cellsPerRadius + CELLS / 2,
      Math.max(0.8, 0.6 * width * 2 * cellsPerRadius),
      Math.min(0.3, width) * (1 - along) ** 0.6,
    );
  }
  for (let cell = 0; cell < data.length; cell++) {
    const own = data[cell] as number;
    if ((strand[cell] as number) > own && own >= 0) data[cell] = strand[cell] as number;
  }
}

/** A round dab that keeps the greater of what is there. */
function stroke(data: Float32Array, x: number, y: number, radius: number, weight: number): void {
  const reach = Math.ceil(radius * 2);
  for (let row = Math.max(0, Math.floor(y - reach)); row <= Math.min(CELLS - 1, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column <= Math.min(CELLS - 1, x + reach); column++) {
      const distance = Math.hypot(column + 0.5 - x, row + 0.5 - y) / radius;
      const cell = row * CELLS + column;
      data[cell] = Math.max(data[cell] as number, weight * smoothstep(1.8, 0.2, distance));
    }
  }
}

/** No tissue is quite even. */
export function mottle(data: Float32Array, seed: number, strength: number): void {
  const noise = smoothNoise(seed, 41, 0.05, NOISE);
  for (let cell = 0; cell < data.length; cell++) {
    const value = data[cell] as number;
    if (value === 0) continue;
    data[cell] =
      value * (1 + strength * fieldAt(noise, ((cell % CELLS) + 0.5) / CELLS, (Math.floor(cell / CELLS) + 0.5) / CELLS));
  }
}

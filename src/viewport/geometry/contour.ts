/**
 * Iso-contours of a sampled map by marching squares (Lorensen and Cline 1987, in the plane), as closed loops.
 * Sample (i, j) sits at (i + 0.5, j + 0.5); outside the map the value is 0, so every loop closes.
 */

/** x0, y0, x1, y1, … in sample coordinates; the last point joins the first. */
export type Loop = Float32Array;

export interface SampledMap {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array | Uint8Array;
}

/*
 * A cell lies between four samples. Its sides are numbered 0 top, 1 right, 2 bottom, 3 left; a segment leads from one
 * side to another with the inside on its left, hence each crossed edge is left by exactly one segment.
 */
const SEGMENTS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];
/** Opposite corners inside: joined when the middle of the cell is inside, apart when it is not. */
const SADDLES: Readonly<Record<number, readonly [(typeof SEGMENTS)[number], (typeof SEGMENTS)[number]]>> = {
  5: [
    [
      [3, 0],
      [1, 2],
    ],
    [
      [1, 0],
      [3, 2],
    ],
  ],
  10: [
    [
      [0, 1],
      [2, 3],
    ],
    [
      [0, 3],
      [2, 1],
    ],
  ],
};

/** Closed loops around every region where the map is at least `level` (> 0). */
export function contours(map: SampledMap, level: number): Loop[] {
  const { width, height } = map;
  const stride = width + 2;
  const padded = withBorder(map);
  const value = (x: number, y: number): number => padded[(y + 1) * stride + x + 1] as number;
  // Edges: 2·(row·stride + column) is the one to the right of a sample, the next odd number the one below it.
  const edge = (x: number, y: number, side: number): number => {
    const column = side === 1 ? x + 1 : x;
    const row = side === 2 ? y + 1 : y;
    return 2 * ((row + 1) * stride + column + 1) + (side & 1);
  };
  const next = new Map<number, number>();
  for (let y = -1; y < height; y++) {
    let b = 0;
    let c = 0;
    const row = (y + 1) * stride + 2;
    for (let x = -1; x < width; x++) {
      const a = b;
      const d = c;
      b = padded[row + x] as number;
      c = padded[row + stride + x] as number;
      const shape = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
      if (shape === 0 || shape === 15) continue;
      const saddle = SADDLES[shape];
      const segments = saddle ? saddle[(a + b + c + d) / 4 >= level ? 1 : 0] : SEGMENTS[shape];
      for (const [from, to] of segments ?? []) next.set(edge(x, y, from), edge(x, y, to));
    }
  }
  const crossing = (id: number): readonly [number, number] => {
    const cell = id >> 1;
    const x = (cell % stride) - 1;
    const y = Math.floor(cell / stride) - 1;
    const here = value(x, y);
    const below = (id & 1) === 1;
    const there = below ? value(x, y + 1) : value(x + 1, y);
    const t = (level - here) / (there - here);
    return below ? [x + 0.5, y + 0.5 + t] : [x + 0.5 + t, y + 0.5];
  };
  return traceLoops(next, crossing);
}

/** With the zeros that surround the map, so that nobody has to ask whether a sample is inside it. */
function withBorder({ width, height, data }: SampledMap): SampledMap['data'] {
  const stride = width + 2;
  const length = stride * (height + 2);
  const padded = data instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length);
  for (let y = 0; y < height; y++) padded.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  return padded;
}

function traceLoops(next: Map<number, number>, crossing: (id: number) => readonly [number, number]): Loop[] {
  const loops: Loop[] = [];
  for (const start of next.keys()) {
    const points: number[] = [];
    let id = start;
    for (let following = next.get(id); following !== undefined; following = next.get(id)) {
      points.push(...crossing(id));
      next.delete(id);
      id = following;
    }
    if (points.length >= 6) loops.push(Float32Array.from(points));
  }
  return loops;
}

/** Area of a loop by the shoelace formula, in samples²: positive around an inside, negative around a hole. */
export function signedArea(loop: Loop): number {
  let twice = 0;
  for (let index = 0; index < loop.length; index += 2) {
    const following = (index + 2) % loop.length;
    twice += (loop[index] ?? 0) * (loop[following + 1] ?? 0) - (loop[following] ?? 0) * (loop[index + 1] ?? 0);
  }
  return -twice / 2;
}

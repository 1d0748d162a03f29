/**
 * Contours of a map that changes a little at a time, kept in tiles: after a change only the tiles it touched are traced again,
 * and only those in view of it need be drawn again.
 */

import { contours, type Loop, type SampledMap } from '../geometry/contour';
import { cutMap, sideOf } from './map-window';
import type { Rectangle } from '../geometry/view-transform';

/** Samples a side. */
const TILE = 64;

export interface OutlineTile {
  /** Closed loops that cover the tile's inside and a little of its neighbours'; under the nonzero rule tiles join without seams. */
  readonly fill: readonly Loop[];
  /** The pieces of the outline that are this tile's own. */
  readonly lines: readonly Loop[];
}

const NOTHING: OutlineTile = { fill: [], lines: [] };

/** Points are in samples, as in `contours`. */
export class OutlineTiles {
  readonly #columns: number;
  readonly #rows: number;
  readonly #traced: (OutlineTile | undefined)[];

  constructor(
    private readonly map: SampledMap,
    private readonly level: number,
  ) {
    this.#columns = Math.ceil(map.width / TILE);
    this.#rows = Math.ceil(map.height / TILE);
    this.#traced = new Array<OutlineTile | undefined>(this.#columns * this.#rows).fill(undefined);
  }

  /** The map changed inside the rectangle. */
  touch(changed: Rectangle): void {
    // A tile also looks at the samples around it.
    for (const index of this.#indices(widened(changed, 1))) this.#traced[index] = undefined;
  }

  /** The tiles that reach into the rectangle. */
  in(part: Rectangle): readonly OutlineTile[] {
    return this.#indices(widened(part, 1)).map((index) => (this.#traced[index] ??= this.#trace(index)));
  }

  #indices({ x, y, width, height }: Rectangle): readonly number[] {
    const indices: number[] = [];
    const right = Math.min(this.#columns, Math.ceil((x + width) / TILE));
    const bottom = Math.min(this.#rows, Math.ceil((y + height) / TILE));
    for (let row = Math.max(0, Math.floor(y / TILE)); row < bottom; row++) {
      for (let column = Math.max(0, Math.floor(x / TILE)); column < right; column++)
        indices.push(row * this.#columns + column);
    }
    return indices;
  }

  #trace(index: number): OutlineTile {
    const { map, level } = this;
    const column = index % this.#columns;
    const row = Math.floor(index / this.#columns);
    const x = Math.max(0, column * TILE - 1);
    const y = Math.max(0, row * TILE - 1);
    const width = Math.min(map.width, (column + 1) * TILE + 1) - x;
    const height = Math.min(map.height, (row + 1) * TILE + 1) - y;
    const box = { x, y, width, height };
    const side = sideOf(map, box, level);
    if (side === 'below') return NOTHING;
    const inner = x > 0 && y > 0 && x + width < map.width && y + height < map.height;
    if (side === 'above' && inner) return { fill: [rectangle(box)], lines: [] };
    const loops = contours(cutMap(map, box), level).map((loop) =>
      loop.map((value, at) => value + (at % 2 === 0 ? x : y)),
    );
    // Each segment lies in one cell between four samples, and the cell is of the tile of its first; the image's edge is of the first tile.
    const [left, top] = [column === 0 ? -1 : column * TILE, row === 0 ? -1 : row * TILE];
    const owns = (cellX: number, cellY: number): boolean =>
      cellX >= left &&
      cellX < (column + 1) * TILE &&
      cellX < map.width &&
      cellY >= top &&
      cellY < (row + 1) * TILE &&
      cellY < map.height;
    return { fill: loops.map(withoutNeedless), lines: loops.flatMap((loop) => ownPieces(loop, owns)) };
  }
}

/** The rectangle of samples, through the outer ones, turning as a contour does. */
function rectangle({ x, y, width, height }: Rectangle): Loop {
  const [left, top, right, bottom] = [x + 0.5, y + 0.5, x + width - 0.5, y + height - 0.5];
  return Float32Array.of(left, top, left, bottom, right, bottom, right, top);
}

/** Without the points in the middle of straight runs along the axes: a tile's border has one a sample. */
function withoutNeedless(loop: Loop): Loop {
  const kept: number[] = [];
  for (let at = 0; at < loop.length; at += 2) {
    const before = (at + loop.length - 2) % loop.length;
    const after = (at + 2) % loop.length;
    const sameX = loop[before] === loop[at] && loop[at] === loop[after];
    const sameY = loop[before + 1] === loop[at + 1] && loop[at + 1] === loop[after + 1];
    if (!sameX && !sameY) kept.push(loop[at] as number, loop[at + 1] as number);
  }
  return Float32Array.from(kept);
}

/** The parts of a closed loop whose segments are owned, as open lines. */
function ownPieces(loop: Loop, owns: (cellX: number, cellY: number) => boolean): Loop[] {
  const count = loop.length / 2;
  const x = (index: number): number => loop[2 * (index % count)] as number;
  const y = (index: number): number => loop[2 * (index % count) + 1] as number;
  const owned = Array.from({ length: count }, (_, i) =>
    owns(Math.floor((x(i) + x(i + 1)) / 2 - 0.5), Math.floor((y(i) + y(i + 1)) / 2 - 0.5)),
  );
  const begin = owned.findIndex((own, i) => own && !(owned[(i + count - 1) % count] as boolean));
  if (begin < 0) return owned[0] === true ? [Float32Array.of(...loop, x(0), y(0))] : [];
  const pieces: Loop[] = [];
  let piece: number[] = [];
  for (let i = begin; i < begin + count; i++) {
    if (owned[i % count] === true) {
      if (piece.length === 0) piece.push(x(i), y(i));
      piece.push(x(i + 1), y(i + 1));
    } else if (piece.length > 0) {
      pieces.push(Float32Array.from(piece));
      piece = [];
    }
  }
  if (piece.length > 0) pieces.push(Float32Array.from(piece));
  return pieces;
}

function widened({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

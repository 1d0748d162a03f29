/**
 * What a hemithorax would look like with its lung replaced by fluid: a smooth surface of density spanned between the chest
 * wall, the mediastinum and the abdomen around it, so that borders with them vanish (the silhouette sign), raised to the
 * density of soft tissue of that depth.
 */

import { resizeArea, resizeBicubic } from '../../../imaging/resample';
import type { Chest, ChestSide } from '../chest';
import { CHEST_GRID, fieldAt, makeField, smoothstep, type Field } from '../field';
import { keptByPair } from '../kept';
import { hemithoraxOf, type Hemithorax } from './hemithorax';
import type { Layers } from './layers';

/** Side of the grid on which the surface is spanned. */
const SPAN = 64;
const ROUNDS = 60;
/** Successive over-relaxation for holes of about twenty cells. */
const RELAXATION = 1.8;
/** Cells of CHEST_GRID left around the lung, where its soft edge still shows. */
const MARGIN_ROWS = 4;
/** Cells of the grid over which the rim beside the mediastinum is looked over. */
const RIM = 4;
/** So far toward the mediastinum from the middle of a hemithorax, in halves of it, the chest is deepest. */
const MIDDLE = 0.4;
/** How much less dense, of the contrast between tissue and lung, a chest full of fluid is at its apex. */
const SHALLOW = 0.25;
/** A lung as dense as soft tissue would leave no difference to measure in. */
const LEAST_CONTRAST = 0.1;

/** Densities of soft tissue as deep as this chest: what lies below the diaphragms, and nearly that of the heart, whose border it hides. */
export function tissueDensity({ broad }: Layers, chest: Chest): { readonly abdomen: number; readonly chest: number } {
  const heart: number[] = [];
  const abdomen: number[] = [];
  for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell += 7) {
    if ((chest.heart.share.data[cell] as number) > 0.7)
      heart.push(
        fieldAt(broad, ((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID),
      );
  }
  const rows = 18 / chest.millimetresPerRow;
  for (const { floor } of [chest.right, chest.left]) {
    for (let x = 0; x < CHEST_GRID; x += 2)
      if (!Number.isNaN(floor[x]))
        abdomen.push(fieldAt(broad, (x + 0.5) / CHEST_GRID, Math.min(1, ((floor[x] as number) + rows) / CHEST_GRID)));
  }
  // The lateral part of the abdomen is shallower than a chest full of fluid: its deeper third.
  const [h, a] = [quantile(heart, 0.7), quantile(abdomen, 0.8)];
  const below = Math.max(a, h - 0.12);
  return { abdomen: Math.max(below, (h + below) / 2), chest: Math.min(h, 0.7 * h + 0.3 * below) };
}

/** Difference between soft tissue as deep as the chest and the lungs' median; small on a pale film. */
export function tissueContrast(layers: Layers, chest: Chest): number {
  return Math.max(LEAST_CONTRAST, tissueDensity(layers, chest).chest - lungDensity(layers, chest));
}

/** The lungs' median. */
export function lungDensity({ broad }: Layers, chest: Chest): number {
  const lungs: number[] = [];
  for (let cell = 0; cell < CHEST_GRID * CHEST_GRID; cell += 7) {
    if (Math.max(chest.right.share.data[cell] as number, chest.left.share.data[cell] as number) > 0.9)
      lungs.push(
        fieldAt(broad, ((cell % CHEST_GRID) + 0.5) / CHEST_GRID, (Math.floor(cell / CHEST_GRID) + 0.5) / CHEST_GRID),
      );
  }
  return quantile(lungs, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  return Float32Array.from(values).sort()[Math.floor(values.length * share)] ?? NaN;
}

/** @returns the density of the fluid-filled hemithorax on CHEST_GRID; elsewhere the film's broad density. */
export function solidHemithorax(layers: Layers, chest: Chest, side: ChestSide): Field {
  return solids(layers, chest)[side]();
}

/** Spanned once for a side of a film. */
const solids = keptByPair((layers: Layers, chest: Chest) => {
  const made: Partial<Record<ChestSide, Field>> = {};
  const of = (side: ChestSide) => (): Field => (made[side] ??= spanned(layers, chest, hemithoraxOf(chest, side)));
  return { right: of('right'), left: of('left') };
});

function spanned(layers: Layers, chest: Chest, hemithorax: Hemithorax): Field {
  const { lung, across, height, behindHeart, underDome } = hemithorax;
  const { broad } = layers;
  const tissue = tissueDensity(layers, chest);
  const contrast = tissueContrast(layers, chest);
  const small = resizeArea(broad.data, broad.width, broad.height, SPAN, SPAN);
  const isFree = (cell: number): boolean => {
    const [u, v] = [((cell % SPAN) + 0.5) / SPAN, (Math.floor(cell / SPAN) + 0.5) / SPAN];
    return (
      fieldAt(lung.depth, u, v) > -MARGIN_ROWS || fieldAt(behindHeart, u, v) > 0.5 || fieldAt(underDome, u, v) > 0.1
    );
  };
  const free = Uint8Array.from(small, (_, cell) => (isFree(cell) ? 1 : 0));
  // Gas in the stomach or colon below is no border to fluid.
  const bottom = (lung.costophrenic.y / CHEST_GRID) * SPAN - 12;
  for (let cell = 0; cell < small.length; cell++) {
    if (free[cell] === 1 || cell / SPAN <= bottom) continue;
    // The chest wall is as dense as it is.
    const within = smoothstep(
      1.15,
      0.95,
      fieldAt(across, ((cell % SPAN) + 0.5) / SPAN, (Math.floor(cell / SPAN) + 0.5) / SPAN),
    );
    small[cell] = (small[cell] as number) + within * Math.max(0, tissue.chest - 0.06 - (small[cell] as number));
  }
  hideDarkRim(small, free, across, tissue.chest);
  span(small, free, tissue.chest);
  const smooth = resizeBicubic(small, SPAN, SPAN, CHEST_GRID, CHEST_GRID);
  return makeField(CHEST_GRID, (x, y) => {
    const cell = y * CHEST_GRID + x;
    const surface = smooth[cell] as number;
    // The chest is deepest beside the mediastinum and shallow along its wall.
    const out = Math.max(0, ((across.data[cell] as number) + MIDDLE) / (1 + MIDDLE));
    const deep = Math.sqrt(Math.max(0, 1 - out * out));
    // As dense as the abdomen where it lies on it, as the heart at the top.
    const high = smoothstep(lung.costophrenic.y - 0.05 * height, lung.costophrenic.y - 0.85 * height, y);
    // The chest is shallower toward its apex.
    const shallow = smoothstep(0.75, 0, (y - lung.apex.y) / height);
    const full = tissue.abdomen + (tissue.chest - tissue.abdomen) * high - SHALLOW * shallow * contrast;
    // Level with wall and mediastinum, so that no border shows, and as deep as the chest a few centimetres in; over the dome and
    // behind the heart it goes on.
    const depth = (lung.depth.data[cell] as number) * chest.millimetresPerRow;
    // Where they meet with soft rims: the greatest of them leaves a notch there, which is a thin dark line in deep fluid.
    const goesOn = Math.min(
      1,
      (behindHeart.data[cell] as number) +
        (underDome.data[cell] as number) +
        smoothstep(-2, 2, depth) * smoothstep(0.4, 0.7, (y - lung.apex.y) / height),
    );
    const u = across.data[cell] as number;
    const inward = Math.max(smoothstep(-2, 24, depth), goesOn * smoothstep(0.97, 0.6, u) * smoothstep(-1, -0.6, u));
    return surface + Math.max(0, full - surface) * deep * inward;
  });
}

/**
 * The cells just outside what is free are the borders' own soft edges, darker than what lies behind them: beside the mediastinum
 * each takes the densest known cell around it, up to soft tissue, else a dark strip would stay between fluid and heart.
 */
function hideDarkRim(values: Float32Array, free: Uint8Array, across: Field, most: number): void {
  const before = values.slice();
  for (let cell = 0; cell < values.length; cell++) {
    const [x, y] = [cell % SPAN, Math.floor(cell / SPAN)];
    if (free[cell] === 1 || fieldAt(across, (x + 0.5) / SPAN, (y + 0.5) / SPAN) > 0) continue;
    let densest = before[cell] as number;
    for (let v = Math.max(0, y - 1); v <= Math.min(SPAN - 1, y + 1); v++) {
      for (let u = Math.max(0, x - RIM); u <= Math.min(SPAN - 1, x + RIM); u++) {
        if (free[v * SPAN + u] === 0) densest = Math.max(densest, before[v * SPAN + u] as number);
      }
    }
    values[cell] = Math.max(before[cell] as number, Math.min(most, densest));
  }
}

/** Solves Laplace's equation in the free cells, the others given; cells at the image's edge stay as they are. */
function span(values: Float32Array, free: Uint8Array, start: number): void {
  const cells: number[] = [];
  for (let cell = 0; cell < values.length; cell++) {
    if (free[cell] === 0) continue;
    const x = cell % SPAN;
    values[cell] = start;
    if (x > 0 && x < SPAN - 1 && cell >= SPAN && cell < values.length - SPAN) cells.push(cell);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const cell of cells) {
      const own = values[cell] as number;
      const mean =
        ((values[cell - 1] as number) +
          (values[cell + 1] as number) +
          (values[cell - SPAN] as number) +
          (values[cell + SPAN] as number)) /
        4;
      values[cell] = own + RELAXATION * (mean - own);
    }
  }
}

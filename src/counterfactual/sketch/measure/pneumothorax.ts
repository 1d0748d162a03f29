/**
 * How deep the air beside a lung is, read from the film alone: the fine structure of vessels ends at the visceral pleura, and
 * grain goes on. No network, no training. Skin folds, bullae and bare upper lobes can look the same to it.
 */

import type { Chest, ChestSide } from '../chest';
import type { DensityImage } from '../density';
import { CHEST_GRID, fieldAt, type Field } from '../field';
import { hemithoraxOf } from '../pleura/hemithorax';
import { wallOf } from '../pleura/wall';
import { vesselEnergy } from './vesselEnergy';

export interface PneumothoraxMeasure {
  /** Depth in mm from the wall inward over which there is no fine structure, upper half of the lung: 0 where there are vessels. */
  readonly depthMm: number;
  /** Vessel energy of the outer 25 mm of the upper half over that of the rest of both lungs: about 1, near 0 beyond a pleural line. */
  readonly rimEnergy: number;
  /** Greatest brightness of a line parallel to the wall over its two sides, in units of the film's lung contrast. */
  readonly lineContrast: number;
}

const RIM_MM = 25;
const STEP_MM = 2;
const DEEPEST_MM = 70;
/** Energy of air against that of lung: what a rim may have at most to count as empty. */
const EMPTY = 0.45;

export function measurePneumothorax(
  image: DensityImage,
  chest: Chest,
): Readonly<Record<ChestSide, PneumothoraxMeasure>> {
  const { film, energy } = vesselEnergy(image, chest);
  const sides = { right: profileOf(film, energy, chest, 'right'), left: profileOf(film, energy, chest, 'left') };
  const reference = Math.max(median(sides.right.inner), median(sides.left.inner), 1e-9);
  const contrast = Math.max(sides.right.contrast, sides.left.contrast);
  const measure = (side: ChestSide): PneumothoraxMeasure => {
    const { energies, greys } = sides[side];
    // The two outermost steps hold what is left of the wall's own border.
    let depth = 2;
    while (depth < energies.length && (energies[depth] as number) / reference < EMPTY) depth++;
    const rim = energies.slice(0, Math.round(RIM_MM / STEP_MM));
    let line = 0;
    for (let k = 2; k < greys.length - 2; k++)
      line = Math.max(line, (greys[k] as number) - ((greys[k - 2] as number) + (greys[k + 2] as number)) / 2);
    return {
      depthMm: depth > 2 ? 3 + depth * STEP_MM : 0,
      rimEnergy: median(rim) / reference,
      lineContrast: line / contrast,
    };
  };
  return { right: measure('right'), left: measure('left') };
}

interface Profile {
  /** Median vessel energy at each depth from the wall, STEP_MM apart, and mean grey. */
  readonly energies: readonly number[];
  readonly greys: readonly number[];
  /** Of the lung further in. */
  readonly inner: readonly number[];
  readonly contrast: number;
}

function profileOf(grey: Field, energy: Field, chest: Chest, side: ChestSide): Profile {
  const hemithorax = hemithoraxOf(chest, side);
  const { lung } = hemithorax;
  const { distance } = wallOf(chest, hemithorax);
  const bins = Array.from({ length: Math.ceil(DEEPEST_MM / STEP_MM) }, () => ({
    energies: [] as number[],
    greys: [] as number[],
  }));
  const inner: number[] = [];
  const middle = lung.top + 0.5 * (lung.bottom - lung.top);
  for (let y = lung.top; y < lung.bottom; y++) {
    for (let x = 0; x < CHEST_GRID; x++) {
      const cell = y * CHEST_GRID + x;
      if ((lung.share.data[cell] as number) < 0.8) continue;
      const [u, v] = [(x + 0.5) / CHEST_GRID, (y + 0.5) / CHEST_GRID];
      const mm = distance.data[cell] as number;
      const at = fieldAt(energy, u, v);
      if (mm > 30) inner.push(at);
      // The outermost 3 mm hold the wall's own border.
      const bin = y < middle && mm >= 3 ? bins[Math.floor((mm - 3) / STEP_MM)] : undefined;
      bin?.energies.push(at);
      bin?.greys.push(fieldAt(grey, u, v));
    }
  }
  const filled = bins.filter(({ energies }) => energies.length >= 8);
  const lungGrey = median(filled.flatMap(({ greys }) => greys));
  const heart = fieldAt(grey, chest.heart.centre.x / CHEST_GRID, chest.heart.centre.y / CHEST_GRID);
  return {
    energies: filled.map(({ energies }) => median(energies)),
    greys: filled.map(({ greys }) => mean(greys)),
    inner,
    contrast: Math.max(0.05, heart - lungGrey),
  };
}

function median(values: readonly number[]): number {
  return Float32Array.from(values).sort()[values.length >> 1] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/**
 * Metal stays where the denoiser takes opacity away (docs/decisions/211, 214, 221): what lies behind and before it changes as what lies
 * beside it does, and what of a device is as dense as the mediastinum stays as dense as it was.
 */

import { growMask, unitShares } from '../../imaging/mask-morphology';
import { GRID_SIZE, resizeArea } from '../../imaging/resample';
import type { Radiograph } from '../../imaging/radiograph';
import type { ImageGrid } from '../../networks/typed';
import { blurredValues } from '../sketch/field';
import { workingSize } from '../sketch/pleura/layers';
import type { Source } from '../source';
import { mapsOfAnatomy, searchedBox, SIDE, type ChestMaps } from './chestMaps';
import { searchMetal, type FoundMetal } from './search';
import { densitiesIn } from './workingGrid';

/** What a wire adds to a pixel of 256 that it fills less than half of. */
const NARROW = 2.5;
/** Over so many pixels of 256 the change beside metal is spread over it; the middle of a device is farther. */
const BESIDE = [3, 8, 24] as const;
const LEAST = 0.02;
/** A can's plate is hardly denser than lung, and half of it may not be found: so far around a device the film changes as what lies beyond does, in mm. */
const AROUND_MM = 18;
/** Blur of its border in pixels of 256. */
const SOFT_BORDER = 2;
/** Of what lies around a pixel so much must be no metal to tell the change there. */
const KNOWN = 0.05;

/** Metal on the networks' grid, [256 x 256]. */
export interface MetalGrid {
  /** How much of each pixel is metal. */
  readonly share: Float32Array;
  /** Of a pixel that is a device: how much less dense than the mediastinum, as a share of its difference to lung. */
  readonly sheer: (value: number) => number;
  readonly devices: Float32Array | undefined;
}

/** Found once for a source. */
export function metalStays(
  source: Pick<Source, 'radiograph' | 'anatomy' | 'image'>,
): (before: ImageGrid, after: ImageGrid) => ImageGrid {
  const metal = metalOf(source);
  return (before, after) => withMetal(before, after, metal);
}

const known = new WeakMap<Source['anatomy'], { readonly metal: MetalGrid | undefined }>();

function metalOf(source: Pick<Source, 'radiograph' | 'anatomy' | 'image'>): MetalGrid | undefined {
  const before = known.get(source.anatomy);
  if (before !== undefined) return before.metal;
  const { radiograph, anatomy } = source;
  const maps = mapsOfAnatomy(anatomy.probabilities, radiograph);
  const metal = maps && gridOf(foundOn(radiograph, maps), source.image, maps, workingSize(radiograph));
  known.set(anatomy, { metal });
  return metal;
}

/** @param maps of its chest */
export function foundOn(radiograph: Radiograph, maps: ChestMaps): FoundMetal | undefined {
  const size = workingSize(radiograph);
  const box = searchedBox(maps, size.width, size.height);
  return searchMetal(densitiesIn(radiograph, size, box), box, size, maps);
}

function gridOf(
  found: FoundMetal | undefined,
  image: ImageGrid,
  maps: ChestMaps,
  size: { readonly width: number; readonly height: number },
): MetalGrid | undefined {
  if (found === undefined) return undefined;
  const { wires, clips } = found;
  const both = wires && clips ? wires.map((share, at) => Math.max(share, clips[at] as number)) : (wires ?? clips);
  const [narrow, devices] = [both, found.devices].map((own) => onGrid(own, found, size));
  const share = new Float32Array(GRID_SIZE * GRID_SIZE);
  const plates =
    devices &&
    grown(
      devices,
      (AROUND_MM * Math.sqrt(found.cellsPerMm[0] * found.cellsPerMm[1]) * GRID_SIZE) /
        Math.sqrt(size.width * size.height),
    );
  for (let at = 0; at < share.length; at++)
    share[at] = Math.min(1, Math.max(NARROW * (narrow?.[at] ?? 0), devices?.[at] ?? 0, plates?.[at] ?? 0));
  const [dense, light] = [maps.mediastinum, maps.lungs].map((own) => medianWhere(image, own)) as [number, number];
  return { share, devices, sheer: (value) => Math.min(1, Math.max(0, (dense - value) / Math.max(0.1, dense - light))) };
}

/** What is within `radius` pixels of a device, soft at its border. @param devices [256 x 256] */
export function grown(devices: Float32Array, radius: number): Float32Array {
  const data = new Uint8Array(devices.length);
  for (let at = 0; at < data.length; at++) if ((devices[at] as number) > 0.5) data[at] = 255;
  const around = growMask({ width: GRID_SIZE, height: GRID_SIZE, data }, radius);
  return blurredValues(unitShares(around), GRID_SIZE, GRID_SIZE, SOFT_BORDER);
}

function onGrid(
  values: Float32Array | undefined,
  { box }: FoundMetal,
  { width, height }: { readonly width: number; readonly height: number },
): Float32Array | undefined {
  if (values === undefined) return undefined;
  const whole = new Float32Array(width * height);
  for (let j = 0; j < box.height; j++)
    whole.set(values.subarray(j * box.width, (j + 1) * box.width), (box.y + j) * width + box.x);
  return resizeArea(whole, width, height, GRID_SIZE, GRID_SIZE);
}

/** @param share [64 x 64] */
function medianWhere(image: ImageGrid, share: Float32Array): number {
  const scale = GRID_SIZE / SIDE;
  const own: number[] = [];
  share.forEach((value, cell) => {
    const [x, y] = [(cell % SIDE) * scale, Math.floor(cell / SIDE) * scale];
    if (value > 0.7) own.push(image[(y + scale / 2) * GRID_SIZE + x + scale / 2] as number);
  });
  return Float32Array.from(own).sort()[own.length >> 1] ?? 0;
}

/**
 * `after`, where metal becomes as much darker or denser as what lies beside it, and so stands out as it did; what of a device is dense
 * becomes no darker.
 * @param before D(z), @param after D(e): [256 x 256] in about [-1, 1]
 */
export function withMetal(before: ImageGrid, after: ImageGrid, metal: MetalGrid | undefined): ImageGrid {
  if (metal === undefined) return after;
  const { share, devices, sheer } = metal;
  const change = after.map((value, at) => value - (before[at] as number));
  const beside = spread(change, share);
  return after.map((value, at) => {
    const own = share[at] as number;
    if (own < LEAST) return value;
    const was = before[at] as number;
    const around = beside[at] as number;
    const through = around < 0 ? 1 - (devices?.[at] ?? 0) * (1 - sheer(was)) : 1;
    return value + own * (around * through - (change[at] as number));
  });
}

/** The change beside metal, spread over it from near to far. */
function spread(change: Float32Array, share: Float32Array): Float32Array {
  const clear = share.map((own) => 1 - own);
  const known = change.map((value, at) => value * (clear[at] as number));
  const out = change.slice();
  let open = share.map((own) => (own >= LEAST ? 1 : 0));
  for (const sigma of BESIDE) {
    if (!open.includes(1)) break;
    const [sum, total] = [known, clear].map((values) => blurredValues(values, GRID_SIZE, GRID_SIZE, sigma)) as [
      Float32Array,
      Float32Array,
    ];
    open = open.map((is, at) => {
      if (is === 0 || (total[at] as number) < KNOWN) return is;
      out[at] = (sum[at] as number) / (total[at] as number);
      return 0;
    });
  }
  return open.includes(1) ? out.map((value, at) => (open[at] === 1 ? 0 : value)) : out;
}

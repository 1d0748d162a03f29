/**
 * What a reviewer sees of a result: small pictures of source, result and difference. Beside the results they are a PNG each
 * (previews/), so that a review needs neither films nor full-size results once they are made.
 */

import { decodeGreyPng } from '../../imaging/png-decode';
import { encodeGreyPng } from '../../imaging/png-encode';
import type { Radiograph } from '../../imaging/radiograph';
import { presentationAt } from '../../imaging/resample';
import type { Sliced } from '../../imaging/slices';

/** 8-bit grey, row by row. */
export interface Strip {
  readonly width: number;
  readonly height: number;
  /** Undefined: the film is not at hand. */
  readonly source: Uint8Array | undefined;
  readonly result: Uint8Array;
  /** 128 is no change, 1 and 255 are the ends of the scale: the way from black to white. Undefined: no source. */
  readonly change: Uint8Array | undefined;
}

/** Pixels along the longer side of one picture. */
const LONGEST = 288;
const PANELS = 3;

export const previewPath = (id: string): string => `previews/${id}.png`;

/** Both under the source's window, so that what did not change looks alike. */
export function* stripOf(source: Radiograph | undefined, result: Radiograph, longest: number = LONGEST): Sliced<Strip> {
  const scale = Math.min(1, longest / Math.max(result.width, result.height));
  const width = Math.max(1, Math.round(result.width * scale));
  const height = Math.max(1, Math.round(result.height * scale));
  const window = (source ?? result).window;
  const after = yield* presentationAt({ ...result, window }, width, height);
  if (source === undefined) return { width, height, source: undefined, result: toGrey(after), change: undefined };
  const before = yield* smallSource(source, width, height);
  const change = new Uint8Array(after.length);
  for (let at = 0; at < change.length; at++)
    change[at] = Math.round(128 + 127 * ((after[at] as number) - (before[at] as number)));
  return { width, height, source: toGrey(before), result: toGrey(after), change };
}

/** The film that was asked for last, small: a run makes several results of one film in turn. */
let last: { readonly of: WeakRef<Radiograph>; readonly width: number; readonly small: Float32Array } | undefined;

function* smallSource(source: Radiograph, width: number, height: number): Sliced<Float32Array> {
  if (last?.of.deref() === source && last.width === width && last.small.length === width * height) return last.small;
  const small = yield* presentationAt(source, width, height);
  last = { of: new WeakRef(source), width, small };
  return small;
}

function toGrey(values: Float32Array): Uint8Array {
  const greys = new Uint8Array(values.length);
  for (let at = 0; at < greys.length; at++)
    greys[at] = Math.round(255 * Math.min(1, Math.max(0, values[at] as number)));
  return greys;
}

/** The three side by side; undefined without a source: such a strip is made anew when the film is at hand. */
export function encodeStrip({ width, height, source, result, change }: Strip): Uint8Array | undefined {
  if (source === undefined || change === undefined) return undefined;
  const samples = new Uint8Array(PANELS * width * height);
  [source, result, change].forEach((panel, index) => {
    for (let row = 0; row < height; row++)
      samples.set(panel.subarray(row * width, (row + 1) * width), (row * PANELS + index) * width);
  });
  return encodeGreyPng(PANELS * width, height, samples);
}

/** Undefined where it is no strip. */
export function decodeStrip(bytes: Uint8Array, name: string): Strip | undefined {
  const { width: across, height, samples } = decodeGreyPng(bytes, name);
  if (!(samples instanceof Uint8Array) || across % PANELS !== 0) return undefined;
  const width = across / PANELS;
  const panel = (index: number): Uint8Array => {
    const out = new Uint8Array(width * height);
    for (let row = 0; row < height; row++)
      out.set(samples.subarray((row * PANELS + index) * width, (row * PANELS + index + 1) * width), row * width);
    return out;
  };
  return { width, height, source: panel(0), result: panel(1), change: panel(2) };
}

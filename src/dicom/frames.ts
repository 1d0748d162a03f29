/** Files of several frames: how many there are, where each lies, and what is said of each alone (PS3.3 C.7.6.6, C.7.6.16; PS3.5 A.4). */

import type { DicomDataSet } from './data-set';
import { CorruptDicomError, FrameOutOfRangeError } from './errors';
import type { PixelModule } from './pixel-module';
import { TAG } from './tags';

/** As many as the file states, but no more than its pixel data can hold; at least one. */
export function framesIn(
  dataSet: DicomDataSet,
  { width, height, samples, bitsAllocated }: PixelModule,
): { readonly count: number; readonly notes: readonly string[] } {
  const [stated = 1] = dataSet.decimals(TAG.numberOfFrames);
  if (!Number.isInteger(stated) || stated <= 1) return { count: 1, notes: [] };
  const { fragments, length = 0 } = dataSet.element(TAG.pixelData) ?? {};
  const room = fragments?.length ?? Math.floor((8 * length) / (width * height * samples * bitsAllocated));
  const count = Math.max(1, Math.min(stated, room));
  return { count, notes: count < stated ? [`The file states ${stated} frames and holds ${count}.`] : [] };
}

/** @throws FrameOutOfRangeError */
export function refuseMissingFrame(frame: number, count: number, name: string): void {
  if (!Number.isInteger(frame) || frame < 1 || frame > count) throw new FrameOutOfRangeError(name, frame, count);
}

/** The item of a functional group macro: the frame's own, else that of all frames; undefined where the file has none. */
export function macroOf(dataSet: DicomDataSet, frame: number, tag: string): DicomDataSet | undefined {
  const own = dataSet.items(TAG.perFrameFunctionalGroups)[frame - 1]?.firstItem(tag);
  return own ?? dataSet.firstItem(TAG.sharedFunctionalGroups)?.firstItem(tag);
}

interface Fragment {
  readonly offset: number;
  readonly position: number;
  readonly length: number;
}

/**
 * The fragments of a frame: by the offset table where it is sound, else one a frame, else from one that begins like the first to
 * the next that does.
 * @throws CorruptDicomError where frames cannot be told apart
 */
export function fragmentsOf(dataSet: DicomDataSet, frame: number, count: number, name: string): readonly Fragment[] {
  const { fragments = [], basicOffsetTable = [] } = dataSet.element(TAG.pixelData) ?? {};
  if (count <= 1) return fragments;
  const offsets = new Set(fragments.map(({ offset }) => offset));
  const rises = basicOffsetTable.every((offset, at) => at === 0 || offset > (basicOffsetTable[at - 1] ?? 0));
  const isSound = basicOffsetTable[0] === 0 && rises && basicOffsetTable.every((offset) => offsets.has(offset));
  if (basicOffsetTable.length === count && isSound) {
    const [from = 0, to = Infinity] = basicOffsetTable.slice(frame - 1, frame + 1);
    return fragments.filter(({ offset }) => offset >= from && offset < to);
  }
  if (fragments.length === count) return fragments.slice(frame - 1, frame);
  const starts = startsOf(dataSet, fragments);
  if (frame > 1 && starts.length !== count)
    throw new CorruptDicomError(name, `it does not say where its ${count} frames begin`);
  return fragments.slice(starts[frame - 1], starts[frame]);
}

/** Which fragments begin like the first. */
function startsOf({ bytes }: DicomDataSet, fragments: readonly Fragment[]): readonly number[] {
  const startOf = ({ position }: Fragment): string => bytes.subarray(position, position + 3).join();
  const [first] = fragments;
  return [...fragments.keys()].filter((at) => first && startOf(fragments[at] as Fragment) === startOf(first));
}

/** Whether compressed pixel data looks as if it held more pictures than these, by its offset table or by how fragments begin. */
export function holdsMoreThan(dataSet: DicomDataSet, count: number): boolean {
  const { fragments = [], basicOffsetTable = [] } = dataSet.element(TAG.pixelData) ?? {};
  return Math.max(basicOffsetTable.length, startsOf(dataSet, fragments).length) > count;
}

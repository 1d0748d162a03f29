/** A DICOM segmentation of a radiograph to masks: one for each segment. */

import { checkSize } from '../../imaging/errors';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { parseDataSet, type DicomDataSet } from '../data-set';
import { TAG } from '../tags';
import { transferSyntax } from '../transfer-syntax';
import {
  DamagedSegmentationError,
  NotASegmentationError,
  SegmentationOfSlicesError,
  UnsupportedSegmentationError,
} from './errors';
import { LABEL_MAP_STORAGE, parsed, SEG, SEGMENTATION_STORAGE } from './seg-tags';

export interface Segment {
  readonly label: string;
  readonly mask: Mask;
}

export interface Segmentation {
  /** In the file's order; those without a frame are empty masks. */
  readonly segments: readonly Segment[];
  /** Labels of those that were drawn on other images, or on other frames of the file, alone. */
  readonly elsewhere: readonly string[];
  /** SOP instances that it says it was drawn on; none: it does not say. */
  readonly references: readonly string[];
  /** Frames of those that it says it was drawn on; none: it does not say. */
  readonly frames: readonly number[];
  readonly inPatientCoordinates: boolean;
}

/** The picture that masks are wanted of. */
export type DrawnOn = Pick<Radiograph, 'dicomReference' | 'frame'>;

/**
 * Reads a BINARY segmentation of one image.
 * @param of a frame that says that it was drawn on another is left out; where the picture has no identifiers all are taken
 * @returns undefined when the bytes do not look like DICOM
 * @throws the errors of ./errors, TruncatedDicomError, CorruptDicomError, ImageTooSmallError, ImageTooLargeError
 */
export function readSegmentation(bytes: Uint8Array, name: string, of: DrawnOn = {}): Segmentation | undefined {
  const file = parseDataSet(bytes, name);
  if (!file) return undefined;
  const { dataSet } = file;
  refuseOthers(dataSet, name);
  const width = dataSet.unsigned(TAG.columns) ?? 0;
  const height = dataSet.unsigned(TAG.rows) ?? 0;
  checkSize(name, width, height);
  const declared = dataSet.items(parsed(SEG.segmentSequence)).map((segment, index) => ({
    number: segment.unsigned(parsed(SEG.segmentNumber)) ?? index + 1,
    label: labelOf(dataSet, segment) ?? `Segment ${index + 1}`,
  }));
  if (declared.length === 0) throw new DamagedSegmentationError(name, 'it declares no segment');
  const frames = framesOf(dataSet, name);
  const packed = packedFrames(dataSet, width * height * frames.length, name);
  const drawnThere = whereDrawn(dataSet, of);
  const segments: Segment[] = [];
  const elsewhere: string[] = [];
  for (const { number, label } of declared) {
    const all = [...frames.keys()].filter((frame) => frames[frame] === number);
    const own = all.filter((frame) => drawnThere[frame]);
    if (own.length > 1) throw new SegmentationOfSlicesError(name, label, own.length);
    const [frame] = own;
    if (frame === undefined && all.length > 0) elsewhere.push(label);
    else
      segments.push({
        label,
        mask: {
          width,
          height,
          data: frame === undefined ? new Uint8Array(width * height) : unpackFrame(packed, frame, width * height),
        },
      });
  }
  const sources = sourcesOf(dataSet);
  return {
    segments,
    elsewhere,
    references: referencesOf(dataSet, sources),
    frames: sources.flatMap((source) => source.decimals(TAG.referencedFrameNumber)),
    inPatientCoordinates: isPlaced(dataSet),
  };
}

/** Whether it says where in the patient its planes lie. */
function isPlaced(dataSet: DicomDataSet): boolean {
  const groups = [...dataSet.items(parsed(SEG.perFrameGroups)), ...dataSet.items(parsed(SEG.sharedGroups))];
  return (
    dataSet.text(TAG.frameOfReferenceUid) !== undefined &&
    groups.some((group) => group.firstItem(parsed(SEG.planePositionSequence)))
  );
}

/** Labels are UTF-8 where the file says so; the parser takes every byte for a character, and some for spaces. */
function labelOf(dataSet: DicomDataSet, segment: DicomDataSet): string | undefined {
  const tag = parsed(SEG.segmentLabel);
  const bytes = dataSet.text(TAG.specificCharacterSet) === 'ISO_IR 192' ? segment.encoded(tag) : undefined;
  if (bytes === undefined) return segment.text(tag);
  const label = new TextDecoder()
    .decode(bytes)
    .replaceAll('\0', '')
    .replaceAll(/^ +| +$/g, '');
  return label === '' ? undefined : label;
}

function refuseOthers(dataSet: DicomDataSet, name: string): void {
  const sopClass = dataSet.text(TAG.sopClassUid);
  if (sopClass === LABEL_MAP_STORAGE) throw new UnsupportedSegmentationError(name, 'a label map segmentation');
  if (sopClass !== SEGMENTATION_STORAGE) throw new NotASegmentationError(name, dataSet.text(TAG.modality));
  const type = dataSet.text(parsed(SEG.segmentationType));
  if (type !== 'BINARY') {
    throw new UnsupportedSegmentationError(
      name,
      type === 'FRACTIONAL' ? 'a FRACTIONAL segmentation (shares of a pixel)' : 'a segmentation of an unknown type',
    );
  }
  const syntax = transferSyntax(dataSet.transferSyntax);
  if (dataSet.bigEndian || syntax?.encoding !== 'native' || dataSet.unsigned(TAG.bitsAllocated) !== 1) {
    throw new UnsupportedSegmentationError(
      name,
      `a segmentation encoded as ${syntax?.title ?? 'an unknown transfer syntax'}`,
    );
  }
}

/** The segment that each frame is of. */
function framesOf(dataSet: DicomDataSet, name: string): readonly number[] {
  const groups = dataSet.items(parsed(SEG.perFrameGroups));
  const count = dataSet.decimals(TAG.numberOfFrames)[0] ?? 1;
  if (groups.length !== count)
    throw new DamagedSegmentationError(name, `it states ${count} frames and describes ${groups.length}`);
  const shared = dataSet.firstItem(parsed(SEG.sharedGroups));
  return groups.map((group) => {
    const numbered = [group, shared].map((groupOf) =>
      groupOf?.firstItem(parsed(SEG.segmentIdentificationSequence))?.unsigned(parsed(SEG.referencedSegmentNumber)),
    );
    const number = numbered.find((each) => each !== undefined);
    if (number === undefined) throw new DamagedSegmentationError(name, 'a frame does not say which segment it is of');
    return number;
  });
}

function packedFrames(dataSet: DicomDataSet, bits: number, name: string): Uint8Array {
  const element = dataSet.element(TAG.pixelData);
  if (!element) throw new DamagedSegmentationError(name, 'it has no pixel data');
  const packed = dataSet.bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  if (packed.length * 8 < bits)
    throw new DamagedSegmentationError(
      name,
      `its frames need ${Math.ceil(bits / 8)} bytes and there are ${packed.length}`,
    );
  return packed;
}

/** Frames follow each other bit by bit, the first pixel in the lowest bit (PS3.5 section 8.1.1). */
function unpackFrame(packed: Uint8Array, frame: number, length: number): Uint8Array {
  const data = new Uint8Array(length);
  const from = frame * length;
  for (let i = 0; i < length; i++) {
    const bit = from + i;
    if (((packed[bit >> 3] as number) >> (bit & 7)) & 1) data[i] = 255;
  }
  return data;
}

/** Of each frame whether it was drawn on the picture, as far as it says and the picture can be told from others. */
function whereDrawn(dataSet: DicomDataSet, { dicomReference, frame }: DrawnOn): readonly boolean[] {
  const shared = dataSet.items(parsed(SEG.sharedGroups)).flatMap(sourcesIn);
  return dataSet.items(parsed(SEG.perFrameGroups)).map((group) => {
    const sources = [...sourcesIn(group), ...shared].filter((source) => uidIn(source) !== undefined);
    if (dicomReference === undefined || sources.length === 0) return true;
    return sources.some((source) => {
      const numbers = source.decimals(TAG.referencedFrameNumber);
      const isFrame = frame === undefined || numbers.length === 0 || numbers.includes(frame.number);
      return uidIn(source) === dicomReference.sopInstanceUid && isFrame;
    });
  });
}

function uidIn(instance: DicomDataSet): string | undefined {
  return instance.text(parsed(SEG.referencedSopInstanceUid));
}

/** What a frame was made from. */
function sourcesIn(group: DicomDataSet): readonly DicomDataSet[] {
  return group
    .items(parsed(SEG.derivationImageSequence))
    .flatMap((derivation) => derivation.items(parsed(SEG.sourceImageSequence)));
}

function sourcesOf(dataSet: DicomDataSet): readonly DicomDataSet[] {
  return [...dataSet.items(parsed(SEG.perFrameGroups)), ...dataSet.items(parsed(SEG.sharedGroups))].flatMap(sourcesIn);
}

function referencesOf(dataSet: DicomDataSet, sources: readonly DicomDataSet[]): readonly string[] {
  const inSeries = dataSet
    .items(parsed(SEG.referencedSeriesSequence))
    .flatMap((series) => series.items(parsed(SEG.referencedInstanceSequence)));
  const uids = [...inSeries, ...sources].map(uidIn);
  return [...new Set(uids.filter((uid) => uid !== undefined))];
}

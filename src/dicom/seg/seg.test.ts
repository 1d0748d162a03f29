import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  NotASegmentationError,
  OtherFrameOfReferenceError,
  SegmentationOfAnotherImageError,
  SegmentationOfSlicesError,
  UnsupportedSegmentationError,
  DamagedSegmentationError,
} from './errors';
import { linkOf } from './belongs';
import { readSegmentation, type Segment } from './read-seg';
import { SEG, SEGMENTATION_STORAGE } from './seg-tags';
import { writeSegmentation } from './write-seg';
import { chestAttributes, writeDicom, type Attributes } from '../testing/write-dicom';
import { openRadiograph } from '../open';
import { newUid } from '../uid';

const REFERENCE = {
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.4',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
  sopInstanceUid: '1.2.3.4.5',
};
const sizes = fc.tuple(fc.integer({ min: 64, max: 75 }), fc.integer({ min: 64, max: 75 }));
const label = fc.stringMatching(/^[\p{L}\p{N}][\p{L}\p{N} ]{0,30}[\p{L}\p{N}]$/u);

/** Black and white pixels that a number stands for (a linear congruential generator). */
function noise(seed: number, length: number): Uint8Array {
  let state = seed >>> 0;
  return new Uint8Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 31 === 1 ? 255 : 0;
  });
}

const segmentations = sizes.chain(([width, height]) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    segments: fc.array(
      fc.record({
        label,
        mask: fc.nat(2 ** 31).map((seed) => ({ width, height, data: noise(seed, width * height) })),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

function one(width = 64, height = 65): Segment {
  return {
    label: 'Lesion',
    mask: { width, height, data: new Uint8Array(width * height).map((_, i) => (i % 3 === 0 ? 255 : 0)) },
  };
}

/** A segmentation by another writer. */
function foreign(
  change: Attributes = {},
  frames: readonly (readonly [segment: number, more?: Attributes])[] = [[1]],
): Uint8Array {
  const groups = frames.map(([segment, more = {}]): Attributes => ({
    [SEG.segmentIdentificationSequence]: ['SQ', [{ [SEG.referencedSegmentNumber]: ['US', [segment]] }]],
    ...more,
  }));
  return writeDicom({
    attributes: {
      '00080016': ['UI', SEGMENTATION_STORAGE],
      '00080060': ['CS', 'SEG'],
      '00280008': ['IS', String(frames.length)],
      '00280010': ['US', [64]],
      '00280011': ['US', [64]],
      '00280100': ['US', [1]],
      [SEG.segmentationType]: ['CS', 'BINARY'],
      [SEG.segmentSequence]: ['SQ', [{ [SEG.segmentNumber]: ['US', [1]], [SEG.segmentLabel]: ['LO', 'Liver'] }]],
      [SEG.perFrameGroups]: ['SQ', groups],
      '7FE00010': ['OB', new Uint8Array(512 * frames.length).fill(0b10101010)],
      ...change,
    },
  });
}

describe('a DICOM segmentation', () => {
  it('keeps a name whose last byte some parsers take for a space', () => {
    const bytes = writeSegmentation({ width: 64, height: 65 }, [{ ...one(), label: 'Poumon droit, déjà' }], {
      version: '1',
    });
    expect(readSegmentation(bytes, 'seg.dcm')?.segments.map(({ label: read }) => read)).toEqual(['Poumon droit, déjà']);
  });

  it('gives back the masks and names that were written, whatever their number and size', () => {
    fc.assert(
      fc.property(segmentations, ({ width, height, segments }) => {
        const bytes = writeSegmentation({ width, height }, segments, { version: '1.2.3' });
        const read = readSegmentation(bytes, 'masks.dcm')?.segments ?? [];
        expect(read.map((each) => each.label)).toEqual(segments.map((each) => each.label));
        // Compared as buffers: deep equality of thousands of numbers is slow.
        expect(
          read.map(({ mask }, i) => Buffer.from(mask.data).equals(Buffer.from(segments[i]?.mask.data ?? []))),
        ).toEqual(segments.map(() => true));
      }),
      { numRuns: 30 },
    );
  });

  it('names the radiograph where that has DICOM identifiers, and says nothing where it has none', () => {
    const size = { width: 64, height: 65 };
    const linked = readSegmentation(
      writeSegmentation({ ...size, dicomReference: REFERENCE }, [one()], { version: '1' }),
      'a',
    );
    const alone = readSegmentation(writeSegmentation(size, [one()], { version: '1' }), 'b');
    expect(linked?.references).toEqual(['1.2.3.4.5']);
    expect(alone?.references).toEqual([]);
  });

  it('is read from a radiograph that was itself read', async () => {
    const chest = await openRadiograph(
      writeDicom({
        attributes: {
          ...chestAttributes(64, 65),
          '00080016': ['UI', REFERENCE.sopClassUid],
          '00080018': ['UI', REFERENCE.sopInstanceUid],
          '0020000D': ['UI', REFERENCE.studyInstanceUid],
          '0020000E': ['UI', REFERENCE.seriesInstanceUid],
          '7FE00010': ['OW', new Uint8Array(2 * 64 * 65)],
        },
      }),
      'chest.dcm',
    );
    expect(chest.dicomReference).toEqual(REFERENCE);
    const segmentation = readSegmentation(writeSegmentation(chest, [one()], { version: '1' }), 'masks.dcm');
    expect(segmentation && linkOf(segmentation, chest, 'masks.dcm')).toBe('same-image');
  });

  it('takes soft values from one half on as inside', () => {
    const mask = { width: 64, height: 64, data: new Uint8Array(4096).map((_, i) => i % 256) };
    const read = readSegmentation(writeSegmentation(mask, [{ label: 'Soft', mask }], { version: '1' }), 'soft');
    expect(read?.segments[0]?.mask.data).toEqual(mask.data.map((value) => (value >= 128 ? 255 : 0)));
  });

  it('holds nothing that identifies a patient but the identifiers of the study', () => {
    const text = new TextDecoder('latin1').decode(
      writeSegmentation({ width: 64, height: 65, dicomReference: REFERENCE }, [one()], { version: '1' }),
    );
    expect(text).not.toMatch(/Secret|\^/);
  });

  it('of another writer is read', () => {
    const read = readSegmentation(foreign(), 'liver.dcm');
    expect(read?.segments.map(({ label: name }) => name)).toEqual(['Liver']);
    expect([...(read?.segments[0]?.mask.data.subarray(0, 4) ?? [])]).toEqual([0, 255, 0, 255]);
  });

  it('is refused by name when it cannot become a mask', () => {
    const refusals = [
      [foreign({ [SEG.segmentationType]: ['CS', 'FRACTIONAL'] }), UnsupportedSegmentationError, /FRACTIONAL/],
      [foreign({ '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.66.7'] }), UnsupportedSegmentationError, /label map/],
      [
        foreign({ '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.2'], '00080060': ['CS', 'CT'] }),
        NotASegmentationError,
        /CT/,
      ],
      [foreign({}, [[1], [1], [1]]), SegmentationOfSlicesError, /3 frames for “Liver”/],
      [foreign({ '00280008': ['IS', '4'] }), DamagedSegmentationError, /states 4 frames and describes 1/],
      [foreign({ '7FE00010': ['OB', new Uint8Array(10)] }), DamagedSegmentationError, /need 512 bytes/],
      [foreign({ [SEG.segmentSequence]: ['SQ', []] }), DamagedSegmentationError, /no segment/],
    ] as const;
    for (const [bytes, kind, message] of refusals) {
      const reading = () => readSegmentation(bytes, 'odd.dcm');
      expect(reading).toThrow(kind);
      expect(reading).toThrow(message);
      expect(reading).toThrow(/odd\.dcm/);
    }
  });

  it('is nothing when it is not DICOM', () => {
    expect(
      readSegmentation(new TextEncoder().encode('a letter to a colleague'.repeat(20)), 'letter.txt'),
    ).toBeUndefined();
  });
});

describe('the link to a radiograph', () => {
  const chest = { name: 'chest.dcm', dicomReference: REFERENCE };
  const segmentation = {
    segments: [],
    elsewhere: [],
    references: ['1.2.3.4.5'],
    frames: [],
    inPatientCoordinates: false,
  };

  it('holds for the image that is named, even in patient coordinates', () => {
    expect(linkOf({ ...segmentation, inPatientCoordinates: true }, chest, 'seg')).toBe('same-image');
  });

  it('tells the frames of a file apart, and those that it does not name it takes for any', () => {
    const second = { ...segmentation, frames: [2] };
    expect(linkOf(second, { ...chest, frame: { number: 2, count: 3 } }, 'seg')).toBe('same-image');
    expect(() => linkOf(second, { ...chest, frame: { number: 3, count: 3 } }, 'seg')).toThrow(
      SegmentationOfAnotherImageError,
    );
    expect(linkOf(segmentation, { ...chest, frame: { number: 3, count: 3 } }, 'seg')).toBe('same-image');
  });

  it('is unknown where one of the two has no identifiers', () => {
    expect(linkOf({ ...segmentation, references: [] }, chest, 'seg')).toBe('unlinked');
    expect(linkOf(segmentation, { name: 'chest.png' }, 'seg')).toBe('unlinked');
  });

  it('holds for the masks of that frame alone, where a file has those of several', () => {
    const on = (frame: number, uid = REFERENCE.sopInstanceUid): Attributes => ({
      [SEG.derivationImageSequence]: [
        'SQ',
        [
          {
            [SEG.sourceImageSequence]: [
              'SQ',
              [{ [SEG.referencedSopInstanceUid]: ['UI', uid], '00081160': ['IS', String(frame)] }],
            ],
          },
        ],
      ],
    });
    const named = (number: number, name: string): Attributes => ({
      [SEG.segmentNumber]: ['US', [number]],
      [SEG.segmentLabel]: ['LO', name],
    });
    const bytes = foreign(
      {
        [SEG.segmentSequence]: ['SQ', [named(1, 'Catheter'), named(2, 'Tip'), named(3, 'Other film')]],
        '7FE00010': ['OB', Uint8Array.from({ length: 512 * 4 }, (_, at) => (at < 512 ? 0 : at < 1024 ? 0xff : 0x55))],
      },
      [
        [1, on(1)],
        [1, on(2)],
        [2, on(1)],
        [3, on(2, '9.9')],
      ],
    );
    const second = { ...chest, frame: { number: 2, count: 3 } };
    const read = readSegmentation(bytes, 'seg.dcm', second);
    expect(read && linkOf(read, second, 'seg.dcm')).toBe('same-image');
    expect(read?.segments.map(({ label: name, mask }) => [name, mask.data[0]])).toEqual([['Catheter', 255]]);
    expect(read?.elsewhere).toEqual(['Tip', 'Other film']);
    const third = { ...chest, frame: { number: 3, count: 3 } };
    const none = readSegmentation(bytes, 'seg.dcm', third);
    if (none === undefined) throw new Error('the segmentation is DICOM');
    expect(() => linkOf(none, third, 'seg.dcm')).toThrow(SegmentationOfAnotherImageError);
  });

  it('is refused where all masks were drawn on another film of its series', () => {
    const bytes = foreign(
      {
        [SEG.referencedSeriesSequence]: [
          'SQ',
          [
            {
              [SEG.referencedInstanceSequence]: [
                'SQ',
                [{ [SEG.referencedSopInstanceUid]: ['UI', REFERENCE.sopInstanceUid] }],
              ],
            },
          ],
        ],
      },
      [
        [
          1,
          {
            [SEG.derivationImageSequence]: [
              'SQ',
              [{ [SEG.sourceImageSequence]: ['SQ', [{ [SEG.referencedSopInstanceUid]: ['UI', '9.9'] }]] }],
            ],
          },
        ],
      ],
    );
    const read = readSegmentation(bytes, 'seg.dcm', chest);
    if (read === undefined) throw new Error('the segmentation is DICOM');
    expect(() => linkOf(read, chest, 'seg.dcm')).toThrow(SegmentationOfAnotherImageError);
  });

  it('is refused for another image and for a frame of reference', () => {
    expect(() => linkOf({ ...segmentation, references: ['9.9'] }, chest, 'seg.dcm')).toThrow(
      SegmentationOfAnotherImageError,
    );
    const placed = readSegmentation(
      foreign({ '00200052': ['UI', '1.9'] }, [[1, { [SEG.planePositionSequence]: ['SQ', [{}]] }]]),
      'seg.dcm',
    );
    if (placed === undefined) throw new Error('the segmentation is DICOM');
    expect(() => linkOf(placed, { name: 'chest.png' }, 'seg.dcm')).toThrow(OtherFrameOfReferenceError);
  });
});

describe('our UIDs', () => {
  it('are decimal, short enough, and never twice the same', () => {
    const uids = Array.from({ length: 200 }, newUid);
    for (const uid of uids) expect(uid).toMatch(/^2\.25\.(?:0|[1-9]\d{0,38})$/);
    expect(new Set(uids).size).toBe(200);
  });
});

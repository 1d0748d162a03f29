import fc from 'fast-check';
import { parseDicom, type Element } from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import type { Radiograph } from '../imaging/radiograph';
import { openRadiograph } from './open';
import { PRIVATE_CREATOR } from './private-block';
import { sourceStudy } from './web/source-study';
import { SECONDARY_CAPTURE, writeCounterfactual } from './write-counterfactual';

const REFERENCE = {
  studyInstanceUid: '1.2.3',
  seriesInstanceUid: '1.2.3.4',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.1.1',
  sopInstanceUid: '1.2.3.4.5',
};
const OPTIONS = {
  version: '1.2.3',
  description: 'Synthetic. Asked: severe right lower zone opacity',
  recipe: '{"seed":7}',
  now: new Date('2026-03-04T05:06:07Z'),
};

interface Depth {
  readonly bitsStored: number;
  readonly signed: boolean;
}

function radiograph({ bitsStored, signed }: Depth, changes: Partial<Radiograph> = {}): Radiograph {
  const [width, height] = [64, 67];
  const top = 2 ** bitsStored;
  const values = Array.from({ length: width * height }, (_, index) => ((index * 7919) % top) - (signed ? top / 2 : 0));
  const pixels =
    bitsStored === 8 && !signed ? Uint8Array.from(values) : signed ? Int16Array.from(values) : Uint16Array.from(values);
  return {
    id: 'r',
    name: 'chest.dcm',
    format: 'dicom',
    width,
    height,
    pixels,
    bitsStored,
    signed,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: top / 2, windowWidth: top },
    synthetic: true,
    notes: [],
    ...changes,
  };
}

function extent(element: Element | undefined): [number, number] {
  const { dataOffset = 0, length = 0 } = element ?? {};
  return [dataOffset, dataOffset + length];
}

describe('a counterfactual as DICOM', () => {
  it('reads back as it was, at every depth, and says that it is synthetic', async () => {
    const depths = fc.oneof(
      fc.record({ bitsStored: fc.integer({ min: 8, max: 16 }), signed: fc.constant(false) }),
      fc.record({ bitsStored: fc.integer({ min: 9, max: 16 }), signed: fc.constant(true) }),
    );
    const number = fc.double({ min: -2000, max: 2000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        depths,
        fc.constantFrom('MONOCHROME1' as const, 'MONOCHROME2' as const),
        number,
        async (depth, photometricInterpretation, rescaleIntercept) => {
          const window = {
            windowCenter: rescaleIntercept + (depth.signed ? 0 : 2 ** (depth.bitsStored - 1)),
            windowWidth: 2 ** depth.bitsStored / 3,
          };
          const image = radiograph(depth, {
            photometricInterpretation,
            rescaleIntercept,
            window,
            viewPosition: 'PA',
            pixelSpacing: [0.1390625, 0.1390625],
          });
          const read = await openRadiograph(writeCounterfactual(image, OPTIONS), 'counterfactual.dcm');
          expect([read.width, read.height, read.bitsStored, read.signed, read.photometricInterpretation]).toEqual([
            64,
            67,
            depth.bitsStored,
            depth.signed,
            photometricInterpretation,
          ]);
          expect(read.pixels.every((value, index) => value === image.pixels[index])).toBe(true);
          expect(read.synthetic).toBe(true);
          expect(read.viewPosition).toBe('PA');
          expect(read.pixelSpacing).toEqual([0.1390625, 0.1390625]);
          expect(read.rescaleIntercept).toBeCloseTo(rescaleIntercept, 6);
          expect(read.window.windowCenter).toBeCloseTo(window.windowCenter, 4);
          expect(read.window.windowWidth).toBeCloseTo(window.windowWidth, 4);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('stands in its film’s study, of its film’s patient, where the archive is asked for that, and still says what it is', () => {
    const image = radiograph({ bitsStored: 12, signed: false }, { dicomReference: REFERENCE });
    const source = sourceStudy(
      {
        '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Müller^Jörg' }] },
        '00100020': { vr: 'LO', Value: ['P-17'] },
        '00080050': { vr: 'SH', Value: ['A-4711'] },
        '00080020': { vr: 'DA', Value: ['20240229'] },
        '00101010': { vr: 'AS', Value: ['052Y'] },
      },
      REFERENCE.studyInstanceUid,
      'pacs',
    );
    const file = parseDicom(
      writeCounterfactual(image, {
        ...OPTIONS,
        source,
        place: { ...REFERENCE, seriesInstanceUid: '2.25.3', sopInstanceUid: '2.25.1', instanceNumber: 1 },
      }),
    );
    const text = (tag: string): string =>
      new TextDecoder().decode(file.byteArray.subarray(...extent(file.elements[tag]))).trim();
    expect([text('x00100010'), text('x00100020'), text('x00080050'), text('x00080020')]).toEqual([
      'Müller^Jörg',
      'P-17',
      'A-4711',
      '20240229',
    ]);
    expect(file.elements['x00101010']).toBeUndefined();
    expect([file.string('x0020000d'), file.string('x0020000e')]).toEqual([REFERENCE.studyInstanceUid, '2.25.3']);
    expect(file.string('x0008103e')).toMatch(/^SYNTHETIC/);
    expect([file.string('x0008001c'), file.string('x00080064'), file.string('x00080060')]).toEqual([
      'YES',
      'SYN',
      'OT',
    ]);
    expect(file.string('x00080008')).toMatch(/^DERIVED/);
    expect([file.string('x00120062'), file.elements['x00120063']]).toEqual(['NO', undefined]);
  });

  it('is a secondary capture of its own study that names its source, and nothing of a patient', () => {
    const bytes = writeCounterfactual(radiograph({ bitsStored: 12, signed: false }, { dicomReference: REFERENCE }), {
      ...OPTIONS,
      place: { sopInstanceUid: '2.25.1', studyInstanceUid: '2.25.2', seriesInstanceUid: '2.25.3', instanceNumber: 4 },
    });
    const file = parseDicom(bytes);
    expect(file.string('x00080016')).toBe(SECONDARY_CAPTURE);
    expect([file.string('x00080018'), file.string('x0020000d'), file.string('x0020000e')]).toEqual([
      '2.25.1',
      '2.25.2',
      '2.25.3',
    ]);
    expect(file.intString('x00200013')).toBe(4);
    const maker = file.elements['x0018a001']?.items?.[0]?.dataSet?.elements['x0040a170']?.items?.[0]?.dataSet;
    expect(maker?.string('x00080100')).toBe('109100');
    expect(file.elements['x00089215']?.items?.[0]?.dataSet?.string('x00080100')).toBe('COUNTERFACTUAL');
    expect([file.string('x0008001c'), file.string('x00080064'), file.string('x00080060')]).toEqual([
      'YES',
      'SYN',
      'OT',
    ]);
    expect(file.string('x00080023')).toBe('20260304');
    expect(file.elements['x00082112']?.items?.[0]?.dataSet?.string('x00081155')).toBe(REFERENCE.sopInstanceUid);
    for (const tag of ['x00100010', 'x00100020', 'x00100030', 'x00100040', 'x00080090', 'x00080050'])
      expect(file.elements[tag]?.length, tag).toBe(0);
    expect([file.string('x00090010'), file.string('x00091001')]).toEqual([PRIVATE_CREATOR, OPTIONS.recipe]);
    expect(file.string('x00082111')).toBe(OPTIONS.description);
  });

  it('says of sides and of lost detail what the source said, and no more', async () => {
    const depth = { bitsStored: 12, signed: false };
    const silent = parseDicom(writeCounterfactual(radiograph(depth), OPTIONS));
    expect(silent.elements['x00200020']?.length).toBe(0);
    for (const tag of ['x00200062', 'x00280301', 'x00282110', 'x00282112', 'x00282114'])
      expect(silent.elements[tag]).toBeUndefined();
    const said: Partial<Radiograph> = {
      laterality: 'L',
      patientOrientation: ['L', 'F'],
      lossy: { methods: ['ISO_15444_1', 'ISO_10918_1'], ratios: [12.5, 8] },
      burnedInAnnotation: 'YES',
    };
    const bytes = writeCounterfactual(radiograph(depth, said), OPTIONS);
    const file = parseDicom(bytes);
    expect(['x00200020', 'x00200062', 'x00282110'].map((tag) => file.string(tag))).toEqual(['L\\F', 'L', '01']);
    expect([file.string('x00282112'), file.string('x00282114')]).toEqual(['12.5\\8', 'ISO_15444_1\\ISO_10918_1']);
    expect(await openRadiograph(bytes, 'again.dcm')).toMatchObject(said);
  });

  it('has new identifiers each time, and no source where there is none', () => {
    const image = radiograph({ bitsStored: 8, signed: false });
    const [one, other] = [
      parseDicom(writeCounterfactual(image, OPTIONS)),
      parseDicom(writeCounterfactual(image, OPTIONS)),
    ];
    for (const tag of ['x00080018', 'x0020000d', 'x0020000e']) expect(one.string(tag)).not.toBe(other.string(tag));
    expect(one.elements['x00082112']).toBeUndefined();
  });

  it('writes numbers that fit their attribute', () => {
    const file = parseDicom(
      writeCounterfactual(
        radiograph({ bitsStored: 16, signed: false }, { rescaleSlope: 1 / 3, rescaleIntercept: -1e-7 / 3 }),
        OPTIONS,
      ),
    );
    expect(file.string('x00281053')?.length).toBeLessThanOrEqual(16);
    expect(file.string('x00281052')?.length).toBeLessThanOrEqual(16);
    expect(Number(file.string('x00281053'))).toBeCloseTo(1 / 3, 12);
    expect(Number(file.string('x00281052'))).toBeCloseTo(-1e-7 / 3, 14);
  });
});

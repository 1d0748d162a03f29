import { describe, expect, it } from 'vitest';

import { joinedBytes } from '../imaging/bytes';
import type { Radiograph } from '../imaging/radiograph';
import { toPresentation } from '../imaging/presentation';
import { openRadiograph } from './open';
import { DICOM_JPEG_FIXTURES } from './testing/jpeg-fixtures';
import { chestAttributes, encodeRle, words, writeDicom, type Attributes, type DicomFile } from './testing/write-dicom';
import { writeCounterfactual } from './write-counterfactual';

const [W, H] = [70, 66];
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const open = (file: DicomFile): Promise<Radiograph> => openRadiograph(writeDicom(file), 'chest.dcm');
const frames = (count: number): Attributes => ({ '00280008': ['IS', String(count)] });

describe('of several frames the first is opened, and said to be', () => {
  it.each([2, 12])('as they lie: %i', async (count) => {
    const other = words(values.map((value) => 4095 - value));
    const pixels = joinedBytes([words(values), ...Array.from({ length: count - 1 }, () => other)]);
    const r = await open({ attributes: chestAttributes(W, H, 12, { ...frames(count), '7fe00010': ['OW', pixels] }) });
    expect(Array.from(r.pixels)).toEqual(Array.from(values));
    expect(r.notes).toEqual([`The file holds ${count} frames; the first is shown.`]);
  });

  it('compressed, in a fragment each or in several', async () => {
    const planes = (raise: number): Uint8Array[] => [
      Uint8Array.from(values, (value) => (value ^ raise) >> 8),
      Uint8Array.from(values, (value) => (value ^ raise) & 255),
    ];
    const [one, two] = [encodeRle(planes(0)), encodeRle(planes(4095))];
    const halves = (frame: Uint8Array): Uint8Array[] => [frame.subarray(0, 1000), frame.subarray(1000)];
    for (const fragments of [
      [one, two],
      [...halves(one), ...halves(two)],
    ]) {
      const attributes = chestAttributes(W, H, 12, frames(2));
      const r = await open({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments });
      expect(Array.from(r.pixels)).toEqual(Array.from(values));
    }
  });
});

describe('bits other than 8 to 16', () => {
  it('few are opened as they are, and written again', async () => {
    const six = Uint8Array.from(values, (value) => value >> 6);
    const window: Attributes = { '00281050': ['DS', '32'], '00281051': ['DS', '64'] };
    const bits: Attributes = { '00280101': ['US', [6]], '00280102': ['US', [5]] };
    const r = await open({ attributes: chestAttributes(W, H, 8, { ...window, ...bits, '7fe00010': ['OW', six] }) });
    expect(Array.from(r.pixels)).toEqual(Array.from(six));
    expect(r.notes.join()).toMatch(/keeps 6 bits/);
    expect(toPresentation(r)[9]).toBeCloseTo((six[9] as number) / 63, 6);
    const bytes = writeCounterfactual(r, { version: '', description: '', recipe: '' });
    expect(Array.from((await openRadiograph(bytes, 'again.dcm')).pixels)).toEqual(Array.from(six));
  });

  it.each([false, true])('thirty-two are opened where the values fit into 16 (signed: %s)', async (signed) => {
    const wide = new Int32Array(values).map((value) => (signed ? value - 2000 : value * 16));
    const fields: Attributes = {
      '00280100': ['US', [32]],
      '00280101': ['US', [32]],
      '00280102': ['US', [31]],
      '00280103': ['US', [signed ? 1 : 0]],
      '7fe00010': ['OW', new Uint8Array(wide.buffer)],
    };
    const r = await open({ attributes: chestAttributes(W, H, 16, fields) });
    expect(Array.from(r.pixels)).toEqual(Array.from(wide));
    expect([r.bitsStored, r.signed]).toEqual([16, signed]);
    wide[7] = 100_000;
    await expect(open({ attributes: chestAttributes(W, H, 16, fields) })).rejects.toMatchObject({
      code: 'unsupported-bits',
    });
  });
});

describe('grey that is stored as colour', () => {
  const grey = Uint8Array.from(values, (value) => value >> 4);
  const rgb = (pixels: Uint8Array, planar: number): Attributes =>
    chestAttributes(W, H, 8, {
      '00280002': ['US', [3]],
      '00280004': ['CS', 'RGB'],
      '00280006': ['US', [planar]],
      '00281050': ['DS', ''],
      '00281051': ['DS', ''],
      '7fe00010': ['OW', pixels],
    });

  it('is opened, pixel by pixel or plane by plane', async () => {
    const interleaved = Uint8Array.from({ length: 3 * grey.length }, (_, i) => grey[Math.floor(i / 3)] as number);
    for (const [pixels, planar] of [
      [interleaved, 0],
      [joinedBytes([grey, grey, grey]), 1],
    ] as const) {
      const r = await open({ attributes: rgb(pixels, planar) });
      expect(Array.from(r.pixels)).toEqual(Array.from(grey));
      expect([r.photometricInterpretation, r.bitsStored]).toEqual(['MONOCHROME2', 8]);
    }
  });

  it('is told from colour', async () => {
    const blue = grey.map((value) => 255 - value);
    await expect(open({ attributes: rgb(joinedBytes([grey, grey, blue]), 1) })).rejects.toMatchObject({
      code: 'colour-image',
    });
  });

  it('is opened where its JPEG is grey although the header says colour', async () => {
    const eight = DICOM_JPEG_FIXTURES.find(({ transferSyntax }) => transferSyntax.endsWith('.50'));
    const stream = Uint8Array.from(atob(eight?.file ?? ''), (c) => c.charCodeAt(0));
    const fields: Attributes = { '00280002': ['US', [3]], '00280004': ['CS', 'YBR_FULL_422'] };
    const attributes = chestAttributes(64, 64, 8, fields);
    const r = await open({ transferSyntax: '1.2.840.10008.1.2.4.50', attributes, fragments: [stream] });
    expect(r.pixels).toHaveLength(4096);
  });
});

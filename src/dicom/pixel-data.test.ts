import { describe, expect, it } from 'vitest';

import { storedHash } from '../counterfactual/recipe';
import { joinedBytes } from '../imaging/bytes';
import { encodePng } from '../imaging/png';
import type { Radiograph } from '../imaging/radiograph';
import { toPresentation } from '../imaging/presentation';
import { parseDataSet } from './data-set';
import { openRadiograph } from './open';
import { readSegmentation } from './seg/read-seg';
import { writeSegmentation } from './seg/write-seg';
import { TAG } from './tags';
import { DICOM_JPEG_FIXTURES } from './testing/jpeg-fixtures';
import { chestAttributes, encodeRle, words, writeDicom, type Attributes, type DicomFile } from './testing/write-dicom';
import { writeCounterfactual } from './write-counterfactual';

const [W, H] = [70, 66];
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const open = (file: DicomFile): Promise<Radiograph> => openRadiograph(writeDicom(file), 'chest.dcm');
const frames = (count: number): Attributes => ({ '00280008': ['IS', String(count)] });

describe('of several frames the one that is asked for is opened, the first unless said', () => {
  it.each([2, 12])('as they lie: %i', async (count) => {
    const other = words(values.map((value) => 4095 - value));
    const pixels = joinedBytes([words(values), ...Array.from({ length: count - 1 }, () => other)]);
    const bytes = writeDicom({
      attributes: chestAttributes(W, H, 12, { ...frames(count), '7fe00010': ['OW', pixels] }),
    });
    const r = await openRadiograph(bytes, 'chest.dcm');
    expect(Array.from(r.pixels)).toEqual(Array.from(values));
    expect(r.notes).toEqual([`The file holds ${count} frames; frame 1 is shown.`]);
    const last = await openRadiograph(bytes, 'chest.dcm', count);
    expect(Array.from(last.pixels)).toEqual(Array.from(values, (value) => 4095 - value));
    expect(last.frame).toEqual({ number: count, count });
    expect(await storedHash(last)).not.toBe(await storedHash(r));
  });

  it('compressed, in a fragment each or in several', async () => {
    const planes = (raise: number): Uint8Array[] => [
      Uint8Array.from(values, (value) => (value ^ raise) >> 8),
      Uint8Array.from(values, (value) => (value ^ raise) & 255),
    ];
    const [one, two] = [encodeRle(planes(0)), encodeRle(planes(4095))];
    const halves = (frame: Uint8Array): Uint8Array[] => [frame.subarray(0, 1000), frame.subarray(1000)];
    const inHalves = [...halves(one), ...halves(two)];
    // Two heads of fragments and the first frame lie before the second.
    const second = one.length + 16;
    for (const [fragments, offsets] of [
      [[one, two], []],
      [
        [one, two],
        [0, one.length + 8],
      ],
      [inHalves, []],
      [inHalves, [0, second]],
      // No table that can be: what the fragments say counts.
      [
        [one, two],
        [0, 0],
      ],
      [
        [one, two],
        [one.length + 8, 0],
      ],
      [inHalves, [0, 0]],
      [inHalves, [second, 0]],
      [inHalves, [1008, second]],
      [inHalves, [0, second + 2]],
    ] as const) {
      const attributes = chestAttributes(W, H, 12, frames(2));
      const bytes = writeDicom({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments, offsets });
      expect(Array.from((await openRadiograph(bytes, 'r.dcm')).pixels)).toEqual(Array.from(values));
      const next = await openRadiograph(bytes, 'r.dcm', 2);
      expect(Array.from(next.pixels)).toEqual(Array.from(values, (value) => value ^ 4095));
    }
  });
});

describe('frames', () => {
  const two = joinedBytes([words(values), words(values.map((value) => 4095 - value))]);
  const file = (fields: Attributes = {}): Uint8Array =>
    writeDicom({ attributes: chestAttributes(W, H, 12, { ...frames(2), '7fe00010': ['OW', two], ...fields }) });

  it.each([0, 3, 1.5, Number.NaN])('that are not there are refused by number: %s', async (frame) => {
    await expect(openRadiograph(file(), 'two.dcm', frame)).rejects.toMatchObject({
      code: 'frame-out-of-range',
      advice: 'Choose a frame from 1 to 2.',
    });
  });

  it('are asked for in vain where there is one picture', async () => {
    const png = encodePng(await openRadiograph(file(), 'two.dcm'), {});
    for (const [bytes, name] of [
      [file(frames(1)), 'one.dcm'],
      [png, 'one.png'],
    ] as const) {
      expect((await openRadiograph(bytes, name, 1)).frame).toBeUndefined();
      await expect(openRadiograph(bytes, name, 2)).rejects.toMatchObject({ code: 'frame-out-of-range' });
    }
  });

  it('are no more than the pixels that there are, whatever is stated', async () => {
    const r = await openRadiograph(file(frames(1_000_000_000)), 'two.dcm', 2);
    expect(r.frame).toEqual({ number: 2, count: 2 });
    expect(r.notes[0]).toBe('The file states 1000000000 frames and holds 2.');
    for (const odd of ['0', '-4', '1.5', 'many', '']) {
      const one = await openRadiograph(file({ '00280008': ['IS', odd] }), 'two.dcm');
      expect(one.frame).toBeUndefined();
    }
  });

  it('have windows and spacings of their own, else those of all', async () => {
    const window = (centre: string): Attributes => ({
      '00289132': ['SQ', [{ '00281050': ['DS', centre], '00281051': ['DS', '2000'] }]],
    });
    const spacing: Attributes = { '00289110': ['SQ', [{ '00280030': ['DS', '0.2\\0.2'] }]] };
    const bytes = file({
      '52009229': ['SQ', [{ ...spacing, ...window('1000') }]],
      '52009230': ['SQ', [{}, window('3000')]],
    });
    const [one, other] = [await openRadiograph(bytes, 'two.dcm'), await openRadiograph(bytes, 'two.dcm', 2)];
    expect([one.window.windowCenter, other.window.windowCenter]).toEqual([1000, 3000]);
    expect([one.pixelSpacing, other.pixelSpacing]).toEqual([
      [0.2, 0.2],
      [0.2, 0.2],
    ]);
  });

  it('of an odd number of bytes lie across words, in big endian too', async () => {
    const [w, h] = [67, 65];
    const grey = Uint8Array.from({ length: 2 * w * h }, (_, i) => (i * 31) % 251);
    const swapped = grey.map((_, i) => grey[i ^ 1] as number);
    for (const [transferSyntax, pixels] of [
      ['1.2.840.10008.1.2.1', grey],
      ['1.2.840.10008.1.2.2', swapped],
    ] as const) {
      const attributes = chestAttributes(w, h, 8, { ...frames(2), '7fe00010': ['OW', pixels] });
      const r = await openRadiograph(writeDicom({ transferSyntax, attributes }), 'odd.dcm', 2);
      expect(Array.from(r.pixels)).toEqual(Array.from(grey.subarray(w * h)));
    }
  });

  it('are named in what is written of one', async () => {
    const uids: Attributes = {
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7.3'],
      '0020000d': ['UI', '1.2.3'],
      '0020000e': ['UI', '1.2.3.1'],
    };
    const r = await openRadiograph(file(uids), 'two.dcm', 2);
    const made = parseDataSet(writeCounterfactual(r, { version: '', description: '', recipe: '' }), 'made')?.dataSet;
    expect(made?.firstItem('x00082112')?.decimals(TAG.referencedFrameNumber)).toEqual([2]);
    const whole = { width: W, height: H, data: new Uint8Array(W * H).fill(255) };
    const seg = readSegmentation(writeSegmentation(r, [{ label: 'all', mask: whole }], { version: '' }), 'seg');
    expect(seg?.frames).toEqual([2]);
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

import { deflateSync, zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { encodeGreyPng } from '../imaging/png-encode';
import { readPngChunks, writePng, type PngChunk } from '../imaging/png-chunks';
import { readPngText } from '../imaging/png';
import { inflateAtMost, inflateRaw } from '../imaging/inflate';
import { openRadiograph } from './open';
import { chestAttributes, words, writeDicom, type Attributes } from './testing/write-dicom';
import { DEFLATED } from './transfer-syntax';

const values = Uint16Array.from({ length: 64 * 64 }, (_, i) => i);
const deflated = (fields: Attributes): Uint8Array =>
  writeDicom({
    transferSyntax: DEFLATED,
    attributes: chestAttributes(64, 64, 12, { '7fe00010': ['OW', words(values)], ...fields }),
  });

describe('small files that unfold to large ones', () => {
  it('are refused as DICOM when they hold more items than a parser can bear', async () => {
    const items = new Uint8Array(8 * 100_001);
    for (let at = 0; at < items.length; at += 8) items.set([0xfe, 0xff, 0x00, 0xe0], at);
    await expect(openRadiograph(deflated({ '00091010': ['UN', items] }), 'a.dcm')).rejects.toThrow(/100000 items/);
  });

  it('are refused as DICOM when they unfold beyond what a radiograph does', async () => {
    const bytes = deflated({ '00091010': ['UN', new Uint8Array(24 << 20)] });
    expect(bytes.length).toBeLessThan(100_000);
    await expect(openRadiograph(bytes, 'a.dcm')).rejects.toThrow(/unfolds to more/);
  });

  it('open with a computed window when their window is megabytes of text', async () => {
    const window = '2048\\'.padEnd(1 << 20, '9\\');
    const r = await openRadiograph(deflated({ '00281050': ['UT', window] }), 'a.dcm');
    const none = await openRadiograph(deflated({ '00281050': ['DS', ''] }), 'b.dcm');
    expect(r.window).toEqual(none.window);
  });

  it('open as PNG: pixels beyond the image are not unfolded, texts beyond 4 MB in all are left out', async () => {
    const grey = Uint8Array.from({ length: 64 * 64 }, (_, i) => i % 251);
    const [header, , end] = readPngChunks(encodeGreyPng(64, 64, grey, []), 'a') as [PngChunk, PngChunk, PngChunk];
    const rows = new Uint8Array(2 << 20);
    for (let y = 0; y < 64; y++) rows.set(grey.subarray(64 * y, 64 * y + 64), 65 * y + 1);
    const text = (keyword: string): PngChunk => {
      const name = new TextEncoder().encode(`${keyword}\0\0`);
      const body = zlibSync(new Uint8Array(3 << 20).fill(65));
      const data = new Uint8Array(name.length + body.length);
      data.set(name);
      data.set(body, name.length);
      return { type: 'zTXt', data };
    };
    const png = writePng([header, text('one'), text('two'), { type: 'IDAT', data: zlibSync(rows) }, end]);
    expect(Array.from((await openRadiograph(png, 'a.png')).pixels)).toEqual(Array.from(grey));
    expect(Object.keys(readPngText(png))).toEqual(['one']);
  });

  it('are unfolded no further than is asked', () => {
    const whole = deflateSync(new Uint8Array(1 << 20).fill(7));
    expect(inflateAtMost(whole, 1000)).toEqual(new Uint8Array(1000).fill(7));
    expect(inflateAtMost(whole, 2 << 20)).toHaveLength(1 << 20);
    expect(() => inflateRaw(whole, 1000)).toThrow(RangeError);
  });

  it('are refused as JPEG before a scan is decoded when they have scans by the hundred', async () => {
    const frame = [0xff, 0xc2, 0, 11, 8, 6103 >> 8, 6103 & 255, 8192 >> 8, 0, 1, 1, 0x11, 0];
    const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 0];
    const bytes = Uint8Array.from([
      0xff,
      0xd8,
      ...frame,
      ...Array.from({ length: 400 }, () => scan).flat(),
      0xff,
      0xd9,
    ]);
    await expect(openRadiograph(bytes, 'a.jpg')).rejects.toThrow(/more scans/);
  });
});

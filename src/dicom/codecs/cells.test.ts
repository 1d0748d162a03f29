import { describe, expect, it } from 'vitest';

import { joinedBytes } from '../../imaging/bytes';
import { radiographSchema } from '../../imaging/schema';
import { openRadiograph } from '../open';
import { CODEC_FIXTURES } from '../testing/codec-fixtures';
import { chestAttributes, writeDicom, type Attributes } from '../testing/write-dicom';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
type Fixture = (typeof CODEC_FIXTURES)[number];
const header = ({ bits, signed }: Pick<Fixture, 'bits' | 'signed'>, fields: Attributes = {}): Attributes =>
  chestAttributes(64, 64, bits, { '00280103': ['US', [signed ? 1 : 0]], ...fields });
const fileOf = (fixture: Fixture, fragments: readonly Uint8Array[], fields: Attributes = {}): Uint8Array =>
  writeDicom({ transferSyntax: fixture.transferSyntax, attributes: header(fixture, fields), fragments });
const rampOf = ({ bits, signed }: Fixture): readonly number[] =>
  Array.from({ length: 4096 }, (_, i) => ((i % 64) + (i >> 6)) * 2 ** (bits - 7) - (signed ? 2 ** (bits - 1) : 0));

describe('compressed pixels', () => {
  it.each(CODEC_FIXTURES)('of $title are opened, in one fragment or several', async (fixture) => {
    const stream = bytesOf(fixture.file);
    const even = 2 * Math.floor(stream.length / 4);
    for (const fragments of [[stream], [stream.subarray(0, even), stream.subarray(even)]]) {
      const r = await openRadiograph(fileOf(fixture, fragments), 'chest.dcm');
      const errors = rampOf(fixture).map((value, i) => Math.abs(value - (r.pixels[i] as number)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(fixture.tolerance);
      expect(r.lossy !== undefined).toBe(fixture.tolerance > 0);
      expect([r.bitsStored, r.signed]).toEqual([fixture.bits, fixture.signed]);
      // As it is kept and sent: arrays of other types are refused there.
      expect(radiographSchema.safeParse(r).success).toBe(true);
    }
  });

  it.each(CODEC_FIXTURES)(
    'of $title that are cut off or changed end in a named error, never in a crash',
    async (fixture) => {
      const stream = bytesOf(fixture.file);
      for (const share of [0.02, 0.3, 0.7, 0.95])
        await expect(
          openRadiograph(fileOf(fixture, [stream.subarray(0, stream.length * share)]), 'cut.dcm'),
        ).rejects.toMatchObject({ code: 'corrupt-dicom', message: expect.stringContaining('cut.dcm') as string });
      for (let seed = 1; seed < 12; seed++) {
        const changed = stream.slice();
        for (let i = 0; i < 4; i++) changed[(seed * 7919 + i * 104_729) % stream.length] = (seed * 31 + i * 77) & 255;
        const opened = await openRadiograph(fileOf(fixture, [changed]), 'changed.dcm').catch((error: unknown) => error);
        expect(opened).toSatisfy(
          (r: object) => ('pixels' in r && 'width' in r) || ('code' in r && /dicom|image/.test(String(r.code))),
        );
      }
      // What failed left nothing behind that the next file could suffer from.
      expect((await openRadiograph(fileOf(fixture, [stream]), 'whole.dcm')).pixels).toHaveLength(4096);
    },
  );

  it('are not decoded where their own header is not the image’s', async () => {
    for (const fixture of CODEC_FIXTURES.filter(({ bits }) => bits > 8)) {
      const stream = bytesOf(fixture.file);
      const larger: Attributes = { '00280010': ['US', [6103]], '00280011': ['US', [8192]] };
      await expect(openRadiograph(fileOf(fixture, [stream], larger), 'x.dcm')).rejects.toThrow(/6103.*64 × 64/);
      const eight: Attributes = { '00280100': ['US', [8]], '00280101': ['US', [8]], '00280102': ['US', [7]] };
      await expect(openRadiograph(fileOf(fixture, [stream], eight), 'x.dcm')).rejects.toThrow(/more bits/);
    }
  });

  it('are not decoded where they are cut into a tile a pixel', async () => {
    const fixture = CODEC_FIXTURES[0] as Fixture;
    const stream = bytesOf(fixture.file);
    const tiny = stream.slice();
    // XTsiz and YTsiz (T.800 A.5.1) of a stream that begins with SOC and SIZ.
    new DataView(tiny.buffer).setUint32(24, 1);
    new DataView(tiny.buffer).setUint32(28, 1);
    new DataView(tiny.buffer).setUint32(8, 8192);
    new DataView(tiny.buffer).setUint32(12, 6000);
    const fields: Attributes = { '00280010': ['US', [6000]], '00280011': ['US', [8192]] };
    await expect(openRadiograph(fileOf(fixture, [tiny], fields), 'x.dcm')).rejects.toMatchObject({
      code: 'corrupt-dicom',
      cause: { message: expect.stringMatching(/49152000 tiles/) as string },
    });
  });

  it('of JPEG 2000 are found in a JP2 file, too', async () => {
    const fixture = CODEC_FIXTURES[0] as Fixture;
    const box = (type: string, data: Uint8Array): Uint8Array => {
      const head = new DataView(new ArrayBuffer(8));
      head.setUint32(0, 8 + data.length);
      for (let i = 0; i < 4; i++) head.setUint8(4 + i, type.charCodeAt(i));
      return joinedBytes([new Uint8Array(head.buffer), data]);
    };
    const jp2 = joinedBytes([
      box('jP  ', Uint8Array.of(13, 10, 0x87, 10)),
      box('ftyp', new TextEncoder().encode('jp2 \0\0\0\0jp2 ')),
      box('jp2c', bytesOf(fixture.file)),
    ]);
    const r = await openRadiograph(fileOf(fixture, [jp2]), 'jp2.dcm');
    expect(Array.from(r.pixels)).toEqual(rampOf(fixture));
  });
});

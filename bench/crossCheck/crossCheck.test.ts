import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { chestAttributes, encodeRle, words, writeDicom } from '../../src/dicom/testing/write-dicom';
import { joinedBytes } from '../../src/imaging/bytes';
import { crossCheck } from './main';
import { pydicomFiles } from './pydicom';

const folder = await pydicomFiles();

describe.skipIf(folder === undefined)('the files that pydicom brings (skipped where it is not installed)', () => {
  it('have the same stored values and greys here, or are refused for a reason that is known', async () => {
    const rows = (await crossCheck(`${folder ?? ''}/test_files`)) ?? [];
    expect(rows.filter(({ verdict }) => verdict === 'different')).toEqual([]);
    const refused = rows.filter(({ verdict }) => verdict === 'refused');
    // Smaller than a radiograph, one bit a pixel, colours.
    const known = /^(?:image-too-small|unsupported-bits: .* keeps 1 bits|colour-image)/;
    expect(refused.filter(({ said }) => !known.test(said))).toEqual([]);
    const read = rows.filter(({ verdict }) => verdict === 'equal' || verdict === 'close');
    // JPEG-LS is compared where the environment can decode it.
    expect(read.length).toBeGreaterThanOrEqual(12);
  });

  it('and every frame of those that hold several', async () => {
    const several = await mkdtemp(join(tmpdir(), 'counterpart-frames-'));
    const [width, height, count] = [70, 66, 3];
    const frames = Array.from({ length: count }, (_, frame) =>
      Uint16Array.from({ length: width * height }, (_, i) => (i * 37 + frame * 1001) % 4096),
    );
    const attributes = chestAttributes(width, height, 12, {
      '00080016': ['UI', '1.2.840.10008.5.1.4.1.1.7.3'],
      '00280008': ['IS', String(count)],
    });
    const native = { ...attributes, '7fe00010': ['OW', joinedBytes(frames.map((frame) => words(frame)))] } as const;
    const planes = frames.map((frame) => [
      Uint8Array.from(frame, (v) => v >> 8),
      Uint8Array.from(frame, (v) => v & 255),
    ]);
    await writeFile(join(several, 'native.dcm'), writeDicom({ attributes: native }));
    await writeFile(
      join(several, 'rle.dcm'),
      writeDicom({ transferSyntax: '1.2.840.10008.1.2.5', attributes, fragments: planes.map(encodeRle) }),
    );
    const rows = (await crossCheck(several)) ?? [];
    expect(rows.map(({ file, verdict }) => `${file}: ${verdict}`)).toEqual([
      'native.dcm (3 frames): equal',
      'rle.dcm (3 frames): equal',
    ]);
    await rm(several, { recursive: true });
  });
});

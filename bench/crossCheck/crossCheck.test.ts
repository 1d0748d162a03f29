import { describe, expect, it } from 'vitest';

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
});

import { describe, expect, it } from 'vitest';

import { joinedBytes } from '../imaging/bytes';
import { countDifferences } from '../imaging/testing/compare';
import { openRadiograph } from './open';
import { chestAttributes, encodeRle, words, writeDicom, type Attributes } from './testing/write-dicom';
import { EXPLICIT_BIG, EXPLICIT_LITTLE, IMPLICIT_LITTLE } from './transfer-syntax';

const W = 70;
const H = 66;
const values = Uint16Array.from({ length: W * H }, (_, i) => (i * 37 + (i >> 4)) % 4096);
const chest = (fields: Attributes = {}): Attributes =>
  chestAttributes(W, H, 12, { '7fe00010': ['OW', words(values)], ...fields });

describe('headers that contradict themselves', () => {
  const META = 128 + 4;
  const tagAt = (bytes: Uint8Array, tag: string): number => {
    const [a, b, c, d] = [2, 0, 6, 4].map((from) => parseInt(tag.slice(from, from + 2), 16));
    return bytes.findIndex((_, i) => bytes[i] === a && bytes[i + 1] === b && bytes[i + 2] === c && bytes[i + 3] === d);
  };
  const opens = async (bytes: Uint8Array, note: RegExp): Promise<void> => {
    const r = await openRadiograph(bytes, 'odd.dcm');
    expect(countDifferences(r.pixels, values)).toBe(0);
    expect(r.viewPosition).toBe('PA');
    expect(r.notes.join(' ')).toMatch(note);
  };
  /** A file whose meta information is that of one syntax, and whose data set is written in another. */
  const claiming = (said: string, transferSyntax: string): Uint8Array => {
    const attributes = chest({ '7fe00010': ['OW', words(values, transferSyntax !== EXPLICIT_BIG)] });
    const body = writeDicom({ transferSyntax, meta: false, attributes });
    const whole = writeDicom({ transferSyntax: said, attributes });
    const bare = writeDicom({ transferSyntax: said, meta: false, attributes });
    return joinedBytes([whole.subarray(0, whole.length - bare.length), body]);
  };

  it.each([
    ['explicit, is implicit', EXPLICIT_LITTLE, IMPLICIT_LITTLE],
    ['implicit, is explicit', IMPLICIT_LITTLE, EXPLICIT_LITTLE],
    ['explicit little endian, is big', EXPLICIT_LITTLE, EXPLICIT_BIG],
    ['big endian, is implicit little', EXPLICIT_BIG, IMPLICIT_LITTLE],
  ])('are opened as they are encoded: says %s', async (_, said, is) => {
    await opens(claiming(said, is), /encoded otherwise/);
  });

  it('are opened where single elements lack their representation', async () => {
    const bytes = writeDicom({ attributes: chest() });
    for (const tag of ['00180015', '00280004', '00281050']) {
      const at = tagAt(bytes, tag);
      const odd = bytes.slice();
      const length = bytes[at + 6] as number;
      odd.set([length, 0, 0, 0], at + 4);
      await opens(odd, /lack their value representation/);
    }
  });

  it('are opened where sequences lie between such elements', async () => {
    const inner: Attributes = { '00080100': ['SH', 'R-10206'], '00080104': ['LO', 'postero-anterior'] };
    const bytes = writeDicom({ attributes: chest({ '00540220': ['SQ', [inner, inner]] }) });
    const at = tagAt(bytes, '00180015');
    bytes.set([bytes[at + 6] as number, 0, 0, 0], at + 4);
    await opens(bytes, /lack their value representation/);
  });

  it('are opened where the pixels’ length goes beyond the file, and the image does not', async () => {
    const bytes = writeDicom({ attributes: chest() });
    new DataView(bytes.buffer).setUint32(tagAt(bytes, '7fe00010') + 8, 2 * values.length + 1000, true);
    await opens(bytes, /ends in data/);
  });

  it('are opened where meta information is implicit, or lies in the data set', async () => {
    const bytes = writeDicom({ attributes: chest() });
    const implicit = bytes.slice();
    implicit.set([bytes[META + 6] as number, 0, 0, 0], META + 4);
    await opens(implicit, /^$/);
    const { '7fe00010': _, ...attributes } = chest({ '00020010': ['UI', '1.2.840.10008.1.2.5'] });
    const rle = encodeRle(
      [values.map((v) => v >> 8), values.map((v) => v & 255)].map((plane) => Uint8Array.from(plane)),
    );
    const inside = writeDicom({
      meta: false,
      attributes: { '00080008': ['CS', 'ORIGINAL'], ...attributes },
      fragments: [rle],
    });
    const at = tagAt(inside, '00020010');
    const length = 8 + (inside[at + 6] as number);
    const element = inside.slice(at, at + length);
    const rest = joinedBytes([inside.subarray(0, at), inside.subarray(at + length)]);
    const second = tagAt(rest, '00080018');
    await opens(joinedBytes([rest.subarray(0, second), element, rest.subarray(second)]), /no DICOM preamble/);
  });
});

import { describe, expect, it } from 'vitest';
import { openRadiograph } from './open';
import { browserKind } from '../imaging/by-browser';

/** Headers alone. */
function bmp(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x42, 0x4d]);
  const view = new DataView(bytes.buffer);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  return bytes;
}

function webp(kind: string, body: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set(new TextEncoder().encode(`RIFF    WEBP${kind}`));
  bytes.set(body, 20);
  return bytes;
}

describe('files that the browser decodes', () => {
  it('state their size in their header, in every kind', () => {
    expect(browserKind(bmp(640, -480))).toMatchObject({ format: 'bmp', width: 640, height: 480 });
    expect(browserKind(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x80, 0x42, 0xe0, 1]))).toMatchObject({
      format: 'webp',
      lossy: true,
      width: 640,
      height: 480,
    });
    // 14 bits each, less one: 639 and 479.
    const size = 639 | (479 << 14);
    expect(
      browserKind(webp('VP8L', [0x2f, size & 255, (size >> 8) & 255, (size >> 16) & 255, size >>> 24])),
    ).toMatchObject({
      lossy: false,
      width: 640,
      height: 480,
    });
    expect(browserKind(webp('VP8X', [0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0]))).toMatchObject({ width: 640, height: 480 });
    expect(browserKind(new TextEncoder().encode('BM is how this text begins, and no picture follows'))).toBeUndefined();
  });

  it('are refused by name on the command line, and too large ones everywhere', async () => {
    await expect(openRadiograph(bmp(640, 480), 'chest.bmp')).rejects.toMatchObject({
      code: 'only-in-browser',
      message: expect.stringContaining('chest.bmp is a BMP file') as string,
    });
    await expect(openRadiograph(bmp(64_000, 64_000), 'large.bmp')).rejects.toMatchObject({ code: 'image-too-large' });
  });
});

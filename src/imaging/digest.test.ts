import { expect, it } from 'vitest';

import { sha256Hex } from './digest';

it('gives the digests of FIPS 180-4', async () => {
  expect(await sha256Hex(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await sha256Hex(new Uint8Array(0))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('reads only the view, not the whole buffer behind it', async () => {
  const bytes = new TextEncoder().encode('xxabcxx').subarray(2, 5);
  expect(await sha256Hex(bytes)).toBe(await sha256Hex(new TextEncoder().encode('abc')));
});

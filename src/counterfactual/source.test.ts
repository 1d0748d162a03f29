import { describe, expect, it } from 'vitest';
import { metalStays } from './metal/stays';
import { prepareSource } from './source';
import { fakeNetworks, fakeRadiograph } from './testing/fakes';

describe('what is asked ahead', () => {
  it('is also where the film shows metal: an erasure reads its pixels for that no more', async () => {
    let reads = 0;
    const film = fakeRadiograph(600, 600, 12);
    const { pixels } = film;
    const counted = {
      ...film,
      get pixels() {
        reads++;
        return pixels;
      },
    };
    const source = await prepareSource(counted, fakeNetworks());
    const whenPrepared = reads;
    await source.ahead();
    expect(reads).toBeGreaterThan(whenPrepared);
    const whenAsked = reads;
    metalStays(source);
    expect(reads).toBe(whenAsked);
  });
});

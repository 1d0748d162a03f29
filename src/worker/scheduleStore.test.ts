import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { scheduleStore } from './scheduleStore';

const SCHEDULE = { family: 'tiled', products: { 'a product': { tile: 'tiled 64x64', parts: 2 } } } as const;

describe('the store of schedules', () => {
  it('gives back what it was given for the same adapter, also to the next visit', async () => {
    await scheduleStore().write('an adapter', SCHEDULE);
    expect(await scheduleStore().read('an adapter')).toEqual(SCHEDULE);
    expect(await scheduleStore().read('another')).toBeUndefined();
  });

  it('has nothing, and keeps nothing, where the browser denies storage', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const store = scheduleStore();
    await store.write('an adapter', SCHEDULE);
    expect(await store.read('an adapter')).toBeUndefined();
  });
});

// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { PendingParts } from './pending-parts';

describe('pending parts', () => {
  it('are due once, however often they were asked for', () => {
    const pending = new PendingParts<'image' | 'cursor'>();
    pending.add('image', 'cursor');
    pending.add('image');
    expect([...pending.take()].sort()).toEqual(['cursor', 'image']);
    expect(pending.take().size).toBe(0);
  });
});

// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementCount } from '../tensor';
import { randomGraph } from '../testing/random-graph';
import { GraphBuilder } from './builder';
import { ALIGNMENT, lifetimes, planArena } from './arena';
import { lowerGraph } from './lower';
import type { Program } from './program';

const programs = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 3 }))
  .map(([seed, batch]) => lowerGraph(randomGraph(seed).graph, batch));
const holds = (property: (program: Program) => void) => fc.assert(fc.property(programs, property), { numRuns: 200 });

describe('the memory plan', () => {
  it('gives no two living values the same bytes', () => {
    holds((program) => {
      const { placements } = planArena(program);
      const lives = lifetimes(program);
      for (const [a, one] of placements.entries())
        for (const [b, other] of placements.entries()) {
          if (a >= b || one?.slab !== other?.slab || !one || !other) continue;
          const together = lives[a]!.from <= lives[b]!.to && lives[b]!.from <= lives[a]!.to;
          const apart = one.offset + one.bytes <= other.offset || other.offset + other.bytes <= one.offset;
          expect(apart || !together).toBe(true);
        }
    });
  });

  it('keeps what a kernel reads in other slabs than what it writes', () => {
    holds((program) => {
      const { placements } = planArena(program);
      for (const { reads, write } of program.operations)
        for (const { value } of reads) expect(placements[value]?.slab).not.toBe(placements[write.value]?.slab);
    });
  });

  it('reads nothing that was not written before, and writes nothing that is not read or asked for', () => {
    holds(({ values, operations, outputs }) => {
      const written = new Set([...values.keys()].filter((value) => values[value]!.origin.kind !== 'computed'));
      for (const { reads, write } of operations) {
        for (const { value } of reads) expect(written.has(value)).toBe(true);
        written.add(write.value);
      }
      const wanted = new Set(
        [...operations.flatMap(({ reads }) => reads), ...outputs.map(({ view }) => view)].map(({ value }) => value),
      );
      for (const { write } of operations) expect(wanted.has(write.value)).toBe(true);
    });
  });

  it('computes no part of a concatenation that a slice leaves out', () => {
    const g = new GraphBuilder('slice of a concatenation');
    const x = g.conv(g.input('x', [1, 4, 4, 1]), 1, 4);
    const left = g.node('add', [x, x], {});
    const both = g.node('concat', [left, x], { axis: -1 });
    g.output('y', g.node('slice', [both], { axis: -1, begin: 4, size: 2 }));
    expect(lowerGraph(g.build()).operations.map(({ label }) => label)).not.toContain(left);
  });

  it('is never larger than all values side by side, and places all at aligned offsets inside their slab', () => {
    holds((program) => {
      const { slabs, placements } = planArena(program);
      const placed = placements.filter((placement) => placement !== undefined);
      const total = placed.reduce((sum, { bytes }) => sum + bytes, 0);
      expect(slabs.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(total);
      for (const [value, placement] of placements.entries()) {
        if (!placement) continue;
        expect(placement.offset % ALIGNMENT).toBe(0);
        expect(placement.bytes).toBeGreaterThanOrEqual(4 * elementCount(program.values[value]!.shape));
        expect(placement.offset + placement.bytes).toBeLessThanOrEqual(slabs[placement.slab]!);
      }
    });
  });

  it('needs two slabs of one value each for a chain, however long', () => {
    const g = new GraphBuilder('chain');
    let x = g.input('x', [1, 8, 8, 4]);
    for (let layer = 0; layer < 20; layer++) x = g.node('silu', [g.conv(x, 4, 4)], {});
    g.output('y', x);
    expect(planArena(lowerGraph(g.build())).slabs).toEqual([1024, 1024]);
  });
});

// @vitest-environment node
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { GraphBuilder, noise } from '../graph/builder';
import { dawn, whyNoAdapter } from '../testing/dawn';
import { cutDispatch, piecesOf } from './cut';
import { leaseDevice } from './device';
import { Gpu } from './gpu';
import type { Dispatch } from './kernels/kernel';
import { WgslNetwork } from './network';
import { Pacer } from './pacer';
import { uniformSchedule } from './schedule';

const dispatchOf = (across: number, cost: number, divisible = true): Dispatch => ({
  label: 'product',
  code: '',
  bindings: [],
  size: [across * 8, 0, 0, 0],
  workgroups: [across, 3, 2],
  cost,
  divisible,
});

describe('cutting a kernel', () => {
  it('dispatches every workgroup once, in order, whatever the number of pieces', () => {
    const sizes = fc.record({ across: fc.integer({ min: 1, max: 500 }), most: fc.integer({ min: 1, max: 2000 }) });
    fc.assert(
      fc.property(sizes, ({ across, most }) => {
        const dispatch = dispatchOf(across, 1000);
        const pieces = cutDispatch(dispatch, piecesOf(dispatch, most));
        let next = 0;
        for (const { size, workgroups } of pieces) {
          expect(size[1]).toBe(next);
          expect(workgroups[0]).toBeGreaterThan(0);
          next += workgroups[0];
        }
        expect(next).toBe(across);
        expect(pieces.reduce((total, { cost }) => total + cost, 0)).toBeCloseTo(1000);
      }),
    );
  });

  it('leaves whole what fits, and what cannot be cut', () => {
    expect(piecesOf(dispatchOf(64, 100), 100)).toBe(1);
    expect(piecesOf(dispatchOf(64, 1000, false), 100)).toBe(1);
    expect(piecesOf(dispatchOf(64, 1000), 100)).toBe(16);
    expect(piecesOf(dispatchOf(3, 1000), 100)).toBe(3);
  });
});

const gpu = await dawn();

describe.skipIf(!gpu)(`a network of cut kernels${gpu ? '' : ` (skipped: ${whyNoAdapter})`}`, () => {
  const opened = gpu && leaseDevice(gpu).then((lease) => new Gpu(lease));
  afterAll(async () => (await opened)?.dispose());

  it.each(['direct 4x1', 'tiled 32x32'] as const)('gives the bits that it gives whole (%s)', async (tile) => {
    const device = await opened!;
    const g = new GraphBuilder('cut');
    g.output('y', g.conv(g.node('relu', [g.conv(g.input('x', [1, 20, 20, 8]), 8, 8)], {}), 8, 8));
    const run = async (rate: number) => {
      const pacer = new Pacer(() => device.device.queue.onSubmittedWorkDone(), rate);
      const parts = { gpu: device, pacer, schedule: uniformSchedule(tile), onDispose: () => undefined };
      const network = new WgslNetwork(g.build(), g.weights, parts);
      const { y } = await network.run({ x: noise([1, 20, 20, 8], 1) });
      const { tensors } = device.memory();
      network.dispose();
      return { y, tensors };
    };
    const whole = await run(1e9);
    const cut = await run(500);
    // Each of the two products has a buffer for the sizes of its pieces.
    expect(cut.tensors - whole.tensors).toBe(2);
    expect(cut.y).toEqual(whole.y);
  });
});

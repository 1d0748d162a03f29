// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyUnary, type UnaryFunction } from '../graph/expression';
import { load, store } from '../../assembler/instructions';
import { ModuleBuilder } from '../../assembler/module';
import { detectFeatures } from './features';
import { Functions } from './functions';

const NAMES = ['relu', 'silu', 'sigmoid', 'tanh', 'sin', 'cos', 'exp', 'log'] as const satisfies UnaryFunction[];

/** Four lanes through a function of a module. */
function compiled(fn: UnaryFunction, fused: boolean): (x: readonly number[]) => number[] {
  const module = new ModuleBuilder({ shared: false, maximum: 1 });
  const functions = new Functions(module, fused);
  const apply = module.define(['i32'], ({ parameters: [at] }) => store(at, functions.unary({ fn }, load(at))));
  module.export('apply', apply);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { environment: { memory } });
  const lanes = new Float32Array(memory.buffer, 64, 4);
  return (x) => {
    lanes.set(x);
    (exports['apply'] as (at: number) => void)(64);
    return [...lanes];
  };
}

const arithmetics = detectFeatures().fused ? [false, true] : [false];

describe.each(arithmetics)('elementwise functions (fused: %s)', (fused) => {
  it.each(NAMES)('%s is right to a few units in the last place', (fn) => {
    const apply = compiled(fn, fused);
    const number =
      fn === 'log' ? fc.float({ min: Math.fround(1e-42), noNaN: true }) : fc.float({ min: -80, max: 80, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(number, number, number, number), (x) => {
        for (const [lane, y] of apply(x).entries()) {
          const expected = applyUnary({ fn }, x[lane]!);
          if (!Number.isFinite(expected)) expect(y).toBe(expected);
          else if (Math.abs(expected) > 2 ** -126)
            expect(Math.abs(y - expected)).toBeLessThanOrEqual(2e-7 + 5e-7 * Math.abs(expected));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('follows Math where a number is infinite, zero or none', () => {
    const special = [0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const fn of ['exp', 'log', 'sigmoid', 'relu'] as const)
      expect(compiled(fn, fused)(special), fn).toEqual(special.map((x) => applyUnary({ fn }, x)));
    expect(compiled('exp', fused)([89, -88, 1000, -200])).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
      0,
    ]);
    expect(compiled('exp', fused)([88.7, 88.7, 88.7, 88.7])[0]! / Math.exp(Math.fround(88.7))).toBeCloseTo(1, 5);
  });
});

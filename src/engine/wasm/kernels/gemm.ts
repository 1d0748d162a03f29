/**
 * Matrix products, the one hot loop: a tile of a few rows and eight columns is summed in registers, four factors of each row at
 * a time. With a fused multiply-add all 16 registers of x86 are in use; without, a product needs one of its own.
 */

import {
  type Callable,
  type Code,
  during,
  type I32,
  int,
  isAtLeast,
  isBelow,
  isEqual,
  load,
  loadSplat,
  type Local,
  minus,
  multiplyAdd,
  plus,
  repeat,
  run,
  set,
  splat,
  store,
  times,
  when,
} from '../../../assembler/instructions';
import type { ModuleBuilder } from '../../../assembler/module';

/** Columns of a panel: the right factor comes as [panel][K][8]. */
export const PANEL = 8;

/** Rows of the largest tile. */
const rowsOfTile = (fused: boolean) => (fused ? 6 : 4);

/** Rows that every largest tile divides. */
export const ROWS = 12;

/**
 * Defines result[rows, 8 · panels] = a[rows, K] · b, with the parameters a, bytes between its rows, rows, b, K (a multiple of four, not
 * zero), result, bytes between its rows, panels. Panel by panel, so that a panel stays in the first cache for all rows.
 */
export function defineGemm(module: ModuleBuilder, fused: boolean): Callable {
  const most = rowsOfTile(fused);
  const tiles = Array.from({ length: most }, (_, i) => defineTile(module, i + 1, fused));
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (scope) => {
    const [a, aStride, rows, b, inner, c, cStride, panels] = scope.parameters;
    const [row, panel, panelBytes] = [scope.i32(), scope.i32(), scope.i32()];
    const tile = (height: number) => {
      const [from, to] = [plus(a, times(row, aStride)), plus(c, times(row, cStride))];
      return run(tiles[height - 1] as Callable, from, aStride, b, plus(b, panelBytes), to, cStride);
    };
    const whole = isAtLeast(rows, plus(row, int(most)));
    const rest = tiles
      .slice(0, -1)
      .map((_, i) => when(isEqual(minus(rows, row), int(i + 1)), [tile(i + 1), set(row, rows)]));
    return [
      set(panelBytes, times(inner, int(4 * PANEL))),
      repeat(panel, int(0), panels, 1, [
        set(row, int(0)),
        during(whole, [tile(most), set(row, plus(row, int(most)))]),
        rest,
        set(b, plus(b, panelBytes)),
        set(c, plus(c, int(4 * PANEL))),
      ]),
    ];
  });
}

/** The whole depth of a tile. Parameters: a, bytes between its rows, b, end of b, result, bytes between its rows. */
function defineTile(module: ModuleBuilder, rows: number, fused: boolean): Callable {
  return module.define(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (scope) => {
    const [a, aStride, b, end, c, cStride] = scope.parameters;
    const lines = [a, ...Array.from({ length: rows - 1 }, () => scope.i32())];
    const right = [scope.v128(), scope.v128()];
    const sums = lines.map(() => right.map(() => scope.v128()));
    const left = scope.v128();
    const factors = [0, 1, 2, 3].map((k): Code => [
      right.map((each, half) => set(each, load(b, 4 * PANEL * k + 16 * half))),
      lines.map((line, row) => [
        set(left, loadSplat(line, 4 * k)),
        right.map((each, half) => {
          const sum = sums[row]?.[half] as Local<'v128'>; // as many as rows and halves
          return set(sum, multiplyAdd(left, each, sum, fused));
        }),
      ]),
    ]);
    const next = [...lines.map((line) => set(line, plus(line, int(16)))), set(b, plus(b, int(16 * PANEL)))];
    return [
      lines.slice(1).map((line, i) => set(line, plus(lines[i] as I32, aStride))),
      sums.map((pair) => pair.map((sum) => set(sum, splat(0)))),
      during(isBelow(b, end), [factors, next]),
      sums.map((pair, row) => [
        pair.map((sum, half) => store(c, sum, 16 * half)),
        row < rows - 1 ? set(c, plus(c, cStride)) : [],
      ]),
    ];
  });
}

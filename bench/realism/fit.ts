/** The reference of real lungs: what their texture is at a given brightness, and how it spreads. Pure. */

import { traitsOf, type Measured, type RealismTable } from '../../src/counterfactual/realism/distance';
import type { Row } from './rows';

/** Of the spread, the share that is taken as if features were unrelated: there are few films for as many pairs. */
const SHRINK = 0.3;

/** @param rows parts of real films that nothing was done to */
export function fitted(rows: readonly Measured[]): RealismTable {
  const rims = rows.flatMap(({ rim }) => (rim === undefined ? [] : [rim]));
  const rim = rims.reduce((sum, value) => sum + value, 0) / Math.max(1, rims.length);
  const [covariates, features] = [
    rows.map((row) => traitsOf(row, rim).covariates),
    rows.map((row) => traitsOf(row, rim).features),
  ];
  const coefficients = leastSquares(covariates, features);
  const rest = features.map((values, row) =>
    values.map(
      (value, k) =>
        value -
        dot(
          covariates[row] ?? [],
          coefficients.map((each) => each[k] ?? 0),
        ),
    ),
  );
  const size = rest[0]?.length ?? 0;
  const spread = Array.from({ length: size }, (_, k) =>
    Math.sqrt(rest.reduce((sum, row) => sum + (row[k] ?? 0) ** 2, 0) / rest.length),
  );
  // What lies far out counts as four deviations: one odd film must not make room for all.
  const held = rest.map((row) => row.map((value, k) => Math.min(4, Math.max(-4, value / (spread[k] ?? 1)))));
  const covariance = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => {
      const together = held.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0) / held.length;
      return (1 - SHRINK) * together + (i === j ? SHRINK : 0);
    }),
  );
  const greys = rows.map(({ part, lungs }) => part.grey - lungs.grey);
  const brightness = [Math.min(...greys), Math.max(...greys)];
  return { brightness, rim, coefficients, spread, precision: inverse(covariance) };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);

/** B of x B = y; [covariates][features]. */
function leastSquares(
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  const [n, m] = [x[0]?.length ?? 0, y[0]?.length ?? 0];
  const normal = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => x.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)),
  );
  const right = Array.from({ length: n }, (_, i) =>
    Array.from({ length: m }, (_, k) => x.reduce((sum, row, at) => sum + (row[i] ?? 0) * (y[at]?.[k] ?? 0), 0)),
  );
  const undo = inverse(normal);
  return Array.from({ length: n }, (_, i) =>
    Array.from({ length: m }, (_, k) => right.reduce((sum, row, j) => sum + (undo[i]?.[j] ?? 0) * (row[k] ?? 0), 0)),
  );
}

/** By Gauss and Jordan with pivots. @throws RangeError where there is none */
export function inverse(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    let best = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(rows[r]?.[i] ?? 0) > Math.abs(rows[best]?.[i] ?? 0)) best = r;
    const pivot = rows[best] ?? [];
    rows[best] = rows[i] ?? [];
    rows[i] = pivot;
    const scale = pivot[i] ?? 0;
    if (Math.abs(scale) < 1e-12) throw new RangeError('The matrix has no inverse.');
    for (let k = 0; k < 2 * n; k++) pivot[k] = (pivot[k] ?? 0) / scale;
    rows.forEach((row, r) => {
      const factor = row[i] ?? 0;
      if (r === i || factor === 0) return;
      for (let k = 0; k < 2 * n; k++) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    });
  }
  return rows.map((row) => row.slice(n));
}

/** As it ships: a few digits, and of the precision only what is not said twice. */
export function packed(rows: readonly Row[]): object {
  const { brightness, rim, coefficients, spread, precision } = fitted(
    rows.filter(({ kind }) => kind === 'none').map(({ measured }) => measured),
  );
  const short = (value: number): number => Number(value.toPrecision(3));
  return {
    brightness: brightness.map(short),
    rim: short(rim),
    coefficients: coefficients.map((row) => row.map(short)),
    spread: spread.map(short),
    precision: precision.map((row, i) => row.slice(0, i + 1).map(short)),
  };
}

/** Fields of several lungs as one: how full, where, and which borders are lost. */

import { CHEST_GRID, type Field } from '../field';
import { filled, type Filling } from './patches';
import { keptByPair } from '../kept';
import type { LungFrame } from './lungFrame';
import type { Placing } from './placing';
import { smoothstep } from '../field';

export interface Filled {
  readonly share: Field;
  readonly where: Field;
  readonly border: Field;
}

/**
 * @param amount mean share of the air replaced over the weight of each lung
 * @param weightOf where it shall be in a lung, 0 to 1, on CHEST_GRID
 */
export function fill(
  placings: readonly Placing[],
  amount: number,
  relief: Field,
  filling: Filling,
  weightOf: (placing: Placing) => Float32Array,
): Filled {
  const [share, where, border] = [emptyField(), emptyField(), emptyField()];
  for (const placing of placings) {
    const weight = weightOf(placing);
    const leant = leaned(weight, placing.lean, amount, filling);
    add(share, filled(leant.amount, leant.weight, relief, filling));
    join(where, weight);
    join(border, ownBorder(placings, placing));
  }
  return { share, where, border };
}

/** A lung's border with the mediastinum, beyond which all counts as border: but never the other lung. */
const ownBorder = keptByPair((placings: readonly Placing[], placing: Placing): Float32Array => {
  const others = placings.filter((other) => other !== placing).map(({ frame }) => frame.inside.data);
  return placing.frame.border.data.map((own, cell) =>
    others.reduce((least, inside) => Math.min(least, own * (1 - (inside[cell] as number))), own),
  );
});

/** How much less there is at the far side, where there is little; what fills its place has no room to lean. */
const LEAN = 0.85;

/** The same air replaced, more of it at one side of the place: other seeds lie elsewhere in what was asked. */
function leaned(
  weight: Float32Array,
  lean: Float32Array | undefined,
  amount: number,
  { densest, lean: far = LEAN }: Filling,
): { readonly weight: Float32Array; readonly amount: number } {
  const most = far * smoothstep(0.9, 0.35, amount / densest);
  if (lean === undefined || most === 0) return { weight, amount };
  const part = weight.map((own, cell) => own * (1 - most * (1 - (lean[cell] as number))));
  const total = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0);
  const [whole, left] = [total(weight), total(part)];
  return left === 0 ? { weight, amount } : { weight: part, amount: Math.min(0.95 * densest, (amount * whole) / left) };
}

export function emptyField(): Field {
  return { width: CHEST_GRID, height: CHEST_GRID, data: new Float32Array(CHEST_GRID * CHEST_GRID) };
}

export function add({ data }: Field, values: Float32Array): void {
  for (let cell = 0; cell < data.length; cell++) data[cell] = (data[cell] as number) + (values[cell] as number);
}

/** The greater of both. */
export function join({ data }: Field, values: Float32Array): void {
  for (let cell = 0; cell < data.length; cell++) data[cell] = Math.max(data[cell] as number, values[cell] as number);
}

/** The path through lung is shorter at the chest wall and over the apex: what lies there adds less. */
export function thickness({ fromWall, down }: LungFrame, cell: number): number {
  return (
    (0.5 + 0.5 * smoothstep(-1, 16, fromWall.data[cell] as number)) *
    (0.72 + 0.28 * smoothstep(0, 0.7, down.data[cell] as number))
  );
}

/** From a flat index to coordinates, and from a count of invocations to workgroups. */

import { at } from '../../graph/list';
import { elementCount, type Shape } from '../../tensor';

/** Every adapter dispatches this many workgroups along an axis. */
const MOST_WORKGROUPS = 65535;

/** Workgroups along x and y for `count` of them in all; the shader uses `flatWorkgroup`. */
export function workgroups(count: number): [number, number, number] {
  const rows = Math.ceil(count / MOST_WORKGROUPS);
  return [Math.ceil(count / rows), rows, 1];
}

/** Index of the workgroup among those of `workgroups`; needs `group` and `groups` (workgroup_id, num_workgroups). */
export const FLAT_WORKGROUP = 'group.x + group.y * groups.x';

/**
 * Lines `let <name> = …` for the coordinates of `index` in a shape; its first axis is not bounded, so it may be the batch.
 * @returns the lines; the names are `${prefix}0`, `${prefix}1`, …
 */
export function decode(shape: Shape, index: string, prefix: string): string {
  return shape
    .map((size, axis) => {
      const inner = elementCount(shape.slice(axis + 1));
      const divided = inner === 1 ? index : `${index} / ${inner}u`;
      const bounded = axis === 0 ? divided : size === 1 ? '0u' : `(${divided}) % ${size}u`;
      return `let ${prefix}${axis} = ${bounded};`;
    })
    .join('\n');
}

export function names(shape: Shape, prefix: string): string[] {
  return shape.map((_, axis) => `${prefix}${axis}`);
}

/** As decode, where the last axis is counted in fours. */
export function decodeVectors(shape: Shape, index: string, prefix: string): string {
  const fours = shape.with(-1, Math.ceil(at(shape, -1) / 4));
  const lines = decode(fours, index, `${prefix}_`);
  const rename = shape.map(
    (_, axis) => `let ${prefix}${axis} = ${prefix}_${axis}${axis === shape.length - 1 ? ' * 4u' : ''};`,
  );
  return `${lines}\n${rename.join('\n')}`;
}

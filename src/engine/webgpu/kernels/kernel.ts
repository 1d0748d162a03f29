/** What a kernel family makes of an operation: a shader and the size of its dispatch. Plain data, made without a GPU. */

import type { Binding, Shader } from '../wgsl/shader';

export interface Dispatch {
  readonly label: string;
  /** WGSL; equal text means equal pipeline. Entry point `main`. */
  readonly code: string;
  /** Group 0, in order; the uniform `size` follows them. */
  readonly bindings: readonly Binding[];
  /** Four numbers that the shader finds in `size`. */
  readonly size: readonly [number, number, number, number];
  readonly workgroups: readonly [number, number, number];
  /** Multiply-adds or elements: what it costs relative to others of the program. */
  readonly cost: number;
  /** True where workgroups along x may be dispatched in pieces: the shader adds `size.y` to its number. */
  readonly divisible: boolean;
}

export function dispatch(
  shader: Shader,
  body: string,
  {
    count,
    groups,
    cost,
    divisible = false,
  }: {
    readonly count: number;
    readonly groups: readonly [number, number, number];
    readonly cost: number;
    readonly divisible?: boolean;
  },
): Dispatch {
  const code = shader.text(body);
  const { label, bindings } = shader;
  return { label, code, bindings, size: [count, 0, 0, 0], workgroups: groups, cost, divisible };
}

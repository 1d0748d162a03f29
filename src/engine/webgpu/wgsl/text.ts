/** Small pieces of WGSL text. */

/** A literal of type f32 with the value that JavaScript would round to. */
export function float(value: number): string {
  return `f32(${Math.fround(value)})`;
}

/** Lines of a body that is written once for each index. */
export function unroll(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** f32 or the vector of four. */
export type Width = 1 | 4;

export function typeOf(width: Width): string {
  return width === 1 ? 'f32' : 'vec4<f32>';
}

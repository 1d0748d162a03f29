/** Puts one kernel's shader together: which buffers it binds, how it reads and writes through views, which functions it calls. */

import type { Unary } from '../../graph/expression';
import { at } from '../../graph/list';
import type { WeightRecipe } from '../../graph/program';
import type { View } from '../../graph/view';
import { Functions } from './functions';
import { typeOf, type Width } from './text';

/** What a binding of group 0 refers to; the number is its place in the list. Binding `length` is the uniform `size`. */
export type Binding =
  | { readonly kind: 'value'; readonly value: number; readonly access: 'read' | 'write' }
  | { readonly kind: 'matrix' | 'bias'; readonly recipe: WeightRecipe };

/** How packed weights are stored: two halves a word, or float32. */
export type Precision = 'half' | 'single';

/** Coordinates as WGSL text of type u32, one an axis. */
export type Coordinates = readonly string[];

/** True where four neighbours along the last axis can be read or written at once. */
export function isVectorial({ shape, strides, divisors, offset }: View): boolean {
  const last = shape.length - 1;
  return (
    last >= 0 &&
    strides[last] === 1 &&
    divisors[last] === 1 &&
    at(shape, last) % 4 === 0 &&
    offset % 4 === 0 &&
    // The first axis may be the batch: the text steps along it even where it holds one element.
    strides.every((stride, axis) => axis === last || stride % 4 === 0 || (axis > 0 && shape[axis] === 1))
  );
}

/** The element's address divided by `unit`, as WGSL text. */
export function addressOf(view: View, coordinates: Coordinates, unit: Width): string {
  const terms = view.shape.map((size, axis) => {
    const [stride, divisor] = [at(view.strides, axis), at(view.divisors, axis)];
    // The first axis may be the batch, which the text must not depend on.
    if (stride === 0 || (size === 1 && axis > 0)) return undefined;
    const coordinate = divisor === 1 ? at(coordinates, axis) : `(${at(coordinates, axis)}) / ${divisor}u`;
    const last = axis === view.shape.length - 1;
    if (unit === 4) return last ? `(${coordinate}) / 4u` : `(${coordinate}) * ${stride / 4}u`;
    return stride === 1 ? `(${coordinate})` : `(${coordinate}) * ${stride}u`;
  });
  const found = terms.filter((term) => term !== undefined);
  if (view.offset > 0) found.push(`${view.offset / unit}u`);
  return found.length > 0 ? found.join(' + ') : '0u';
}

export class Shader {
  readonly bindings: Binding[] = [];
  readonly functions = new Functions();
  /** Halves may be used as a type; the device needs `shader-f16`. */
  usesHalves = false;
  readonly #types: string[] = [];
  readonly #widths = new Map<number, Width>();

  /**
   * @param views all views that the kernel will read or write: a buffer is bound by four only if all its views allow it
   * @param single bound element by element: what `store` writes so, for no two invocations may write parts of one four, or all
   * that a kernel of single elements touches
   */
  constructor(
    readonly label: string,
    views: readonly View[],
    single: readonly View[] = [],
  ) {
    for (const { value } of single) this.#widths.set(value, 1);
    for (const view of views) {
      const width = isVectorial(view) && this.#widths.get(view.value) !== 1 ? 4 : 1;
      this.#widths.set(view.value, width);
    }
  }

  /** One element, `via` applied. */
  scalar(view: View, coordinates: Coordinates): string {
    return this.#through(view.via, this.#element(view, coordinates), 1);
  }

  /**
   * Four neighbours along the last axis, from a coordinate that is a multiple of four, `via` applied; zeros beyond its end.
   * An axis that is stepped through by nothing gives its one element four times.
   */
  vector(view: View, coordinates: Coordinates): string {
    const x = this.#through(view.via, this.#rawVector(view, coordinates), 4);
    const size = at(view.shape, -1);
    if (size % 4 === 0 || at(view.strides, -1) === 0 || view.via.length === 0) return x;
    const inside = [0, 1, 2, 3].map((i) => `(${at(coordinates, -1)}) + ${i}u < ${size}u`);
    return `select(vec4<f32>(0.0), ${x}, vec4<bool>(${inside.join(', ')}))`;
  }

  /** True where `vectorFrom` may be used. */
  isByFour({ value }: View): boolean {
    return this.#widths.get(value) === 4;
  }

  /** The n-th four from an address that addressOf gave for unit four, `via` applied. */
  vectorFrom(view: View, address: string, n: string): string {
    return this.#through(view.via, `${this.#value(view.value, 'read')}[${address} + ${n}]`, 4);
  }

  /** The element at an address of a buffer that is bound element by element, `via` applied. */
  elementFrom(view: View, address: string): string {
    return this.#through(view.via, `${this.#value(view.value, 'read')}[${address}]`, 1);
  }

  #rawVector(view: View, coordinates: Coordinates): string {
    const last = coordinates.length - 1;
    if (this.#widths.get(view.value) === 4)
      return `${this.#value(view.value, 'read')}[${addressOf(view, coordinates, 4)}]`;
    if (at(view.strides, -1) === 0) return `vec4<f32>(${this.#element(view, coordinates)})`;
    const size = at(view.shape, -1);
    const lane = (i: number) => {
      const column = i === 0 ? at(coordinates, last) : `${at(coordinates, last)} + ${i}u`;
      const element = this.#element(view, coordinates.with(last, column));
      return size % 4 === 0 ? element : `select(0.0, ${element}, (${column}) < ${size}u)`;
    };
    return `vec4<f32>(${[0, 1, 2, 3].map(lane).join(', ')})`;
  }

  store(view: View, coordinates: Coordinates, x: string): string {
    return `${this.#value(view.value, 'write')}[${addressOf(view, coordinates, 1)}] = ${x};`;
  }

  /** Name of the buffer that a view writes. */
  target({ value }: View): string {
    return this.#value(value, 'write');
  }

  /** Four neighbours; those beyond the end of the last axis are dropped. `x` must be the name of a vector. */
  storeVector(view: View, coordinates: Coordinates, x: string): string {
    if (this.#widths.get(view.value) === 4)
      return `${this.#value(view.value, 'write')}[${addressOf(view, coordinates, 4)}] = ${x};`;
    const last = coordinates.length - 1;
    return [0, 1, 2, 3]
      .map((i) => {
        const column = `${at(coordinates, last)} + ${i}u`;
        const store = this.store(view, coordinates.with(last, column), `${x}[${i}]`);
        return at(view.shape, -1) % 4 === 0 ? store : `if (${column} < ${at(view.shape, -1)}u) { ${store} }`;
      })
      .join('\n');
  }

  /** Name of the packed matrix; each element four columns. */
  matrix(recipe: WeightRecipe, precision: Precision): string {
    return this.#bind({ kind: 'matrix', recipe }, precision === 'half' ? 'vec2<u32>' : 'vec4<f32>');
  }

  bias(recipe: WeightRecipe): string {
    return this.#bind({ kind: 'bias', recipe }, 'vec4<f32>');
  }

  /** The whole shader. @param body after the declarations; may use `size`, a vec4<u32> given by the dispatch */
  text(body: string): string {
    const declarations = this.bindings.map((binding, i) => {
      const access = binding.kind === 'value' && binding.access === 'write' ? 'read_write' : 'read';
      return `@group(0) @binding(${i}) var<storage, ${access}> b${i}: array<${at(this.#types, i)}>;`;
    });
    const uniform = `@group(0) @binding(${this.bindings.length}) var<uniform> size: vec4<u32>;`;
    const enabled = this.usesHalves ? ['enable f16;'] : [];
    return [...enabled, ...declarations, uniform, this.functions.text(), body].join('\n');
  }

  #element(view: View, coordinates: Coordinates): string {
    const name = this.#value(view.value, 'read');
    if (this.#widths.get(view.value) === 1) return `${name}[${addressOf(view, coordinates, 1)}]`;
    // Bound by four: the element of its group.
    return `${name}[(${addressOf(view, coordinates, 1)}) / 4u][(${addressOf(view, coordinates, 1)}) % 4u]`;
  }

  #value(value: number, access: 'read' | 'write'): string {
    return this.#bind({ kind: 'value', value, access }, typeOf(this.#widths.get(value) ?? 1));
  }

  #bind(binding: Binding, type: string): string {
    const same = (other: Binding) =>
      other.kind === 'value' ? binding.kind === 'value' && other.value === binding.value : other.kind === binding.kind;
    const known = this.bindings.findIndex(same);
    if (known >= 0) return `b${known}`;
    this.#types.push(type);
    return `b${this.bindings.push(binding) - 1}`;
  }

  #through(via: readonly Unary[], x: string, width: Width): string {
    return via.reduce((text, unary) => this.functions.unary(unary, text, width), x);
  }
}

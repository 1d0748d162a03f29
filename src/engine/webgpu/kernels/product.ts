/** What the two families of product kernels share: rows and positions, window arithmetic, and how a result is stored. */

import { at } from '../../graph/list';
import { padded } from '../../graph/pack';
import type { OperationOf } from '../../graph/program';
import { rowsOf, shareOf } from '../../graph/split';
import type { View } from '../../graph/view';
import type { Shape } from '../../tensor';
import { decode, names } from '../wgsl/grid';
import { addressOf, type Precision, Shader } from '../wgsl/shader';

export type Product = OperationOf<'product'>;

/** Direct: no workgroup memory. Tiled: tiles of both factors in workgroup memory, `depth` fours of channels at a time. */
export interface Tile {
  readonly kind: 'direct' | 'tiled';
  /** Results of one invocation: rows, and columns in fours. */
  readonly rows: number;
  readonly columns: number;
  /** Invocations of a workgroup along columns and along rows. */
  readonly across: number;
  readonly down: number;
  readonly depth: number;
  /**
   * 'half': both factors as halves, products added up as halves along `depth` fours of channels and in float32 from there on. Tiled
   * only, and only where the device has `shader-f16`.
   */
  readonly arithmetic?: 'half';
  /** Windows of 3x3 are transformed where that can be done; the tile is then that of the product between the transforms. */
  readonly winograd?: true;
}

/** One input of the product while its loop is written. */
export interface Source {
  readonly view: View;
  /** Rows of the packed matrix before this source's. */
  readonly firstRow: number;
  /** Channels in fours. */
  readonly fours: number;
  /** Channels in fours that one share sums. */
  readonly share: number;
}

export class ProductShader {
  readonly shader: Shader;
  readonly sources: readonly Source[];
  /** [N,H,W] of the result. */
  readonly positions: Shape;
  /** Columns in fours. */
  readonly columns: number;
  readonly rows: number;
  readonly #matrix: string;

  constructor(
    readonly product: Product,
    readonly precision: Precision,
  ) {
    const { reads, write, recipe, parts } = product;
    this.shader = new Shader(`product ${product.label}`, [...reads, write]);
    this.positions = parts > 1 ? write.shape.slice(1, 4) : write.shape.slice(0, 3);
    this.columns = padded(recipe.columns) / 4;
    this.rows = rowsOf(product);
    this.#matrix = this.shader.matrix(recipe, precision);
    let firstRow = 0;
    this.sources = reads.slice(0, product.sources).map((view) => {
      const channels = at(view.shape, 3);
      const source = { view, firstRow, fours: padded(channels) / 4, share: shareOf(channels, parts, 0)[1] / 4 };
      firstRow += recipe.cells * padded(channels);
      return source;
    });
  }

  /** Lines that decode a row into the position `${prefix}0..2`. */
  decodeRow(row: string, prefix: string): string {
    return decode(this.positions, row, prefix);
  }

  /**
   * Lines for the cell that the window's tap (ky, kx) reads at the position `${prefix}…`: `${prefix}inside`, and the address
   * `${prefix}from` of its first four channels where the source is bound by four, else its coordinates.
   */
  locate({ view }: Source, prefix: string): string {
    const { window } = this.product;
    const axis = (index: 1 | 2, tap: string, before: number) => {
      const step = `${prefix}${index} * ${window.stride}u + ${tap} * ${window.dilation}u`;
      const size = at(view.shape, index);
      // Below zero wraps round to far beyond the end.
      return `let ${prefix}c${index} = ${step} - ${before}u; let ${prefix}s${index} = min(${prefix}c${index}, ${size - 1}u);`;
    };
    const inside = [1, 2].map((index) => `${prefix}c${index} < ${at(view.shape, index)}u`).join(' && ');
    const lines = [axis(1, 'ky', window.top), axis(2, 'kx', window.left), `let ${prefix}inside = ${inside};`];
    if (this.shader.isByFour(view)) lines.push(`let ${prefix}from = ${addressOf(view, this.#cell(prefix, '0u'), 4)};`);
    return lines.join('\n');
  }

  /** Four channels at a cell that `locate` found; zeros outside the source. */
  load({ view }: Source, prefix: string, four: string): string {
    const x = this.shader.isByFour(view)
      ? this.shader.vectorFrom(view, `${prefix}from`, four)
      : this.shader.vector(view, this.#cell(prefix, `${four} * 4u`));
    return this.#staysInside(view) ? x : `select(vec4<f32>(0.0), ${x}, ${prefix}inside)`;
  }

  /** Four columns of the packed matrix. */
  weight(index: string): string {
    const x = `${this.#matrix}[${index}]`;
    return this.precision === 'half' ? `halves(${x})` : x;
  }

  /** As `weight`, in halves. */
  halfWeight(index: string): string {
    const x = `${this.#matrix}[${index}]`;
    return this.precision === 'half' ? `bitcast<vec4<f16>>(${x})` : `vec4<f16>(${x})`;
  }

  /** Lines that store the sums `sum` (text) of a row at the position `${prefix}…` and of the column four `column`. */
  store(prefix: string, row: string, column: string, sum: string): string {
    const { write, reads, sources, epilogue, recipe, parts } = this.product;
    if (parts > 1)
      return `${this.shader.target(write)}[(part * size.x + ${row}) * ${this.columns}u + ${column}] = ${sum};`;
    const coordinates = [...names(this.positions, prefix), `${column} * 4u`];
    const result = `(${sum} + ${this.shader.bias(recipe)}[${column}])`;
    const operands = reads.slice(sources).map((view) => this.shader.vector(view, coordinates));
    const value = this.shader.functions.expression(epilogue, result, operands, 4);
    return `{ let value = ${value}; ${this.shader.storeVector(write, coordinates, 'value')} }`;
  }

  helpers(): string {
    return this.precision === 'half'
      ? 'fn halves(x: vec2<u32>) -> vec4<f32> { return vec4<f32>(unpack2x16float(x.x), unpack2x16float(x.y)); }'
      : '';
  }

  /** Multiply-adds. */
  cost(): number {
    const lines = this.sources.reduce((total, { fours }) => total + 4 * fours * this.product.recipe.cells, 0);
    return this.rows * lines * this.columns * 4;
  }

  #cell(prefix: string, channel: string): string[] {
    return [`${prefix}0`, `${prefix}s1`, `${prefix}s2`, channel];
  }

  /** True where no tap of the window ever leaves the source. */
  #staysInside(view: View): boolean {
    const { top, left, stride, dilation, height, width } = this.product.window;
    const reach = (axis: 1 | 2, cells: number) =>
      (at(this.positions, axis) - 1) * stride + (cells - 1) * dilation < at(view.shape, axis);
    return top === 0 && left === 0 && reach(1, height) && reach(2, width);
  }
}

/** A network's weights on the device: packed for its products, plain for what is read element by element. */

import { ALIGNMENT } from '../graph/arena';
import { packBias, packHalves, packWeights, recipeKey } from '../graph/pack';
import type { WeightRecipe } from '../graph/program';
import { packTransformed } from '../graph/winograd-weights';
import { EngineError } from '../errors';
import { encodeHalves, isExactInHalf } from '../half';
import type { Tensor } from '../tensor';
import type { Gpu } from './gpu';
import type { Precision } from './wgsl/shader';

interface Packed {
  readonly precision: Precision;
  readonly matrix: GPUBuffer;
  readonly bias: GPUBuffer;
}

export class DeviceWeights {
  readonly #packed = new Map<string, Packed>();
  readonly #plain = new Map<string, GPUBuffer>();
  #disposed = false;

  /** @param weights kept: another batch may need them packed in another way */
  constructor(
    private readonly gpu: Gpu,
    private readonly name: string,
    private readonly weights: ReadonlyMap<string, Tensor>,
  ) {}

  /** Half where every weight is a half, so that nothing is lost; uploads at the first call. */
  precision(recipe: WeightRecipe): Precision {
    return this.#pack(recipe).precision;
  }

  matrix(recipe: WeightRecipe): GPUBuffer {
    return this.#pack(recipe).matrix;
  }

  bias(recipe: WeightRecipe): GPUBuffer {
    return this.#pack(recipe).bias;
  }

  /** float32, as in the file. */
  plain(weight: string): GPUBuffer {
    const known = this.#plain.get(weight);
    if (known) return known;
    const { data } = this.weights.get(weight) as Tensor; // every program names weights of the graph
    const buffer = this.#upload(weight, data);
    this.#plain.set(weight, buffer);
    return buffer;
  }

  /** @returns the way back to what is there now: frees what is uploaded from here on */
  checkpoint(): () => void {
    const [packed, plain] = [new Set(this.#packed.keys()), new Set(this.#plain.keys())];
    return () => {
      for (const [key, { matrix, bias }] of this.#packed)
        if (!packed.has(key) && this.#packed.delete(key)) for (const buffer of [matrix, bias]) this.gpu.free(buffer);
      for (const [name, buffer] of this.#plain) if (!plain.has(name) && this.#plain.delete(name)) this.gpu.free(buffer);
    };
  }

  dispose(): void {
    this.#disposed = true;
    for (const { matrix, bias } of this.#packed.values()) for (const buffer of [matrix, bias]) this.gpu.free(buffer);
    for (const buffer of this.#plain.values()) this.gpu.free(buffer);
    this.#packed.clear();
    this.#plain.clear();
  }

  #pack(recipe: WeightRecipe): Packed {
    const key = recipeKey(recipe);
    const known = this.#packed.get(key);
    if (known) return known;
    const label = recipe.weights[0] ?? '';
    const { precision, matrix } = packed(recipe, this.weights);
    const uploaded = this.#upload(label, matrix);
    try {
      const bias = packBias(recipe, this.weights);
      const packed = { precision, matrix: uploaded, bias: this.#upload(`${label}, bias`, bias) };
      this.#packed.set(key, packed);
      return packed;
    } catch (error) {
      this.gpu.free(uploaded);
      throw error;
    }
  }

  /** @throws EngineError 'aborted' where a session is still being opened for a network that is closed */
  #upload(label: string, data: Float32Array | Uint16Array): GPUBuffer {
    if (this.#disposed) throw new EngineError('aborted', `${this.name} was closed while it was prepared.`);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const size = Math.ceil(bytes.byteLength / ALIGNMENT) * ALIGNMENT;
    const buffer = this.gpu.buffer(`${this.name}: ${label}`, size, BUFFER.STORAGE | BUFFER.COPY_DST);
    this.gpu.device.queue.writeBuffer(buffer, 0, bytes as Uint8Array<ArrayBuffer>);
    return buffer;
  }
}

/** Halves where the file has halves, or where halves are exact; transformed ones are no halves. */
function packed(
  recipe: WeightRecipe,
  weights: ReadonlyMap<string, Tensor>,
): { readonly precision: Precision; readonly matrix: Float32Array | Uint16Array } {
  if (recipe.winograd) return { precision: 'single', matrix: packTransformed(recipe, recipe.winograd, weights) };
  const halves = packHalves(recipe, weights);
  if (halves !== undefined) return { precision: 'half', matrix: halves };
  const { matrix } = packWeights(recipe, weights);
  return isExactInHalf(matrix) ? { precision: 'half', matrix: encodeHalves(matrix) } : { precision: 'single', matrix };
}

/** The flags of GPUBufferUsage, which is not a global in Node. */
export const BUFFER = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const;

/** One network at one batch size, ready to run: memory, pipelines and bind groups made once. A run allocates nothing. */

import { ALIGNMENT, planArena, type Placement } from '../graph/arena';
import { at } from '../graph/list';
import type { Program } from '../graph/program';
import { elementCount, type Shape, type Tensor } from '../tensor';
import { cutDispatch, type Piece, piecesOf } from './cut';
import type { Gpu } from './gpu';
import type { Dispatch } from './kernels/kernel';
import type { Pacer } from './pacer';
import { planKernels } from './plan';
import type { Schedule } from './schedule';
import { BUFFER, type DeviceWeights } from './weights';
import type { Binding } from './wgsl/shader';

/** What is dispatched: a kernel, or a piece of one. */
interface Ready extends Pick<Piece, 'workgroups' | 'cost'> {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
}

interface Kernel {
  readonly dispatch: Dispatch;
  readonly whole: Ready;
  /** Its bindings but the last, which is `size`. */
  readonly entries: readonly GPUBindGroupEntry[];
  /** By the number of pieces; made when a slow adapter first asks for them. */
  readonly cuts: Map<number, readonly Ready[]>;
}

interface Input {
  readonly name: string;
  readonly to: Placement;
}

interface Output {
  readonly name: string;
  readonly shape: Shape;
  readonly from: Placement;
  /** In bytes, from the start of the value and in the read-back buffer. */
  readonly skip: number;
  readonly offset: number;
  readonly bytes: number;
}

export interface SessionParts {
  readonly gpu: Gpu;
  readonly program: Program;
  readonly weights: DeviceWeights;
  readonly schedule: Schedule;
  /** Told the share of pipelines that are compiled, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export class Session {
  readonly dispatches: readonly Dispatch[];
  readonly #inputs: readonly Input[];
  readonly #outputs: readonly Output[];
  readonly #slabs: readonly GPUBuffer[];
  readonly #sizes: GPUBuffer;
  readonly #readback: GPUBuffer;
  readonly #pieceSizes: GPUBuffer[] = [];
  #kernels: readonly Kernel[] = [];

  private constructor(
    private readonly gpu: Gpu,
    private readonly name: string,
    parts: {
      readonly inputs: readonly Input[];
      readonly outputs: readonly Output[];
      readonly dispatches: readonly Dispatch[];
    },
    { slabs, sizes, readback }: Buffers,
  ) {
    this.dispatches = parts.dispatches;
    this.#inputs = parts.inputs;
    this.#outputs = parts.outputs;
    this.#slabs = slabs;
    this.#sizes = sizes;
    this.#readback = readback;
  }

  /** What fails leaves no buffer behind. @throws EngineError 'out-of-memory' | 'backend-failed' | 'device-lost' */
  static async open({ gpu, program: unsplit, weights, schedule, onProgress }: SessionParts): Promise<Session> {
    const { program, kernels } = planKernels(unsplit, schedule, (recipe) => weights.precision(recipe));
    const dispatches = kernels.map(({ dispatch }) => dispatch);
    const arena = planArena(program);
    const inputs = program.values.flatMap(({ origin }, value) => {
      const to = arena.placements[value];
      return origin.kind === 'input' && to ? [{ name: origin.name, to }] : [];
    });
    let offset = 0;
    const outputs = program.outputs.map(({ name, view }): Output => {
      const bytes = 4 * elementCount(view.shape);
      const from = arena.placements[view.value] as Placement; // outputs are never weights
      const output = { name, shape: view.shape, from, skip: 4 * view.offset, offset, bytes };
      offset += bytes;
      return output;
    });
    const buffers = openBuffers(gpu, program.name, arena.slabs, dispatches.length, offset);
    const session = new Session(gpu, program.name, { inputs, outputs, dispatches }, buffers);
    try {
      const table = new Uint32Array(buffers.sizes.size / 4);
      for (const [i, { size }] of dispatches.entries()) table.set(size, (i * ALIGNMENT) / 4);
      gpu.device.queue.writeBuffer(buffers.sizes, 0, table);
      await session.#compile(weights, program, arena.placements, onProgress);
      return session;
    } catch (error) {
      session.dispose();
      throw error;
    }
  }

  /**
   * @param check throws to stop between two submissions
   * @returns outputs by name
   */
  async run(
    inputs: Readonly<Record<string, Tensor>>,
    pacer: Pacer,
    check: () => void,
  ): Promise<Record<string, Tensor>> {
    this.write(inputs);
    const work = this.#kernels.flatMap((kernel) => this.#pieces(kernel, pacer.budget));
    const costs = work.map(({ cost }) => cost);
    await pacer.submit(costs, (from, to) => this.#submit(work.slice(from, to), to >= work.length), check);
    await this.#readback.mapAsync(1);
    try {
      const bytes = this.#readback.getMappedRange();
      return Object.fromEntries(
        this.#outputs.map(({ name, shape, offset, bytes: length }) => [
          name,
          { shape, data: new Float32Array(bytes.slice(offset, offset + length)) },
        ]),
      );
    } finally {
      this.#readback.unmap();
    }
  }

  /** Copies inputs to the device; they must have been checked. */
  write(inputs: Readonly<Record<string, Tensor>>): void {
    for (const { name, to } of this.#inputs) {
      const { data } = inputs[name] as Tensor; // checked by the network
      this.gpu.device.queue.writeBuffer(at(this.#slabs, to.slab), to.offset, data as Float32Array<ArrayBuffer>);
    }
  }

  dispose(): void {
    for (const buffer of [...this.#slabs, this.#sizes, ...this.#pieceSizes, this.#readback]) this.gpu.free(buffer);
  }

  /** Encodes and submits everything at once. */
  submit(): void {
    this.#submit(
      this.#kernels.map(({ whole }) => whole),
      true,
    );
  }

  /** @param last the outputs' copies come with it */
  #submit(work: readonly Ready[], last: boolean): void {
    const encoder = this.gpu.device.createCommandEncoder({ label: this.name });
    const pass = encoder.beginComputePass({ label: this.name });
    for (const { pipeline, group, workgroups } of work) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    if (last)
      for (const { from: source, skip, offset, bytes } of this.#outputs)
        encoder.copyBufferToBuffer(at(this.#slabs, source.slab), source.offset + skip, this.#readback, offset, bytes);
    this.gpu.device.queue.submit([encoder.finish()]);
  }

  /** The kernel whole, or in pieces that cost at most `most` each as far as it can be cut. */
  #pieces(kernel: Kernel, most: number): readonly Ready[] {
    const { dispatch, whole, entries, cuts } = kernel;
    const count = piecesOf(dispatch, most);
    if (count === 1) return [whole];
    const known = cuts.get(count);
    if (known) return known;
    const sizes = this.gpu.buffer(`${this.name}: pieces`, count * ALIGNMENT, BUFFER.UNIFORM | BUFFER.COPY_DST);
    this.#pieceSizes.push(sizes);
    const made = cutDispatch(dispatch, count).map(({ size, workgroups, cost }, i): Ready => {
      this.gpu.device.queue.writeBuffer(sizes, i * ALIGNMENT, Uint32Array.from(size));
      const uniform = { binding: entries.length, resource: { buffer: sizes, offset: i * ALIGNMENT, size: 16 } };
      const layout = whole.pipeline.getBindGroupLayout(0);
      const group = this.gpu.device.createBindGroup({ label: dispatch.label, layout, entries: [...entries, uniform] });
      return { pipeline: whole.pipeline, group, workgroups, cost };
    });
    cuts.set(count, made);
    return made;
  }

  async #compile(
    weights: DeviceWeights,
    { values }: Program,
    placements: readonly (Placement | undefined)[],
    onProgress: SessionParts['onProgress'],
  ): Promise<void> {
    const resource = (binding: Binding): GPUBufferBinding => {
      if (binding.kind !== 'value') return { buffer: weights[binding.kind](binding.recipe) };
      const origin = at(values, binding.value).origin;
      if (origin.kind === 'weight') return { buffer: weights.plain(origin.name) };
      const { slab, offset, bytes } = placements[binding.value] as Placement; // every value that a kernel touches is placed
      return { buffer: at(this.#slabs, slab), offset, size: bytes };
    };
    let compiled = 0;
    this.#kernels = await Promise.all(
      this.dispatches.map(async (dispatch, i) => {
        const pipeline = await this.gpu.pipeline(dispatch);
        onProgress?.(++compiled / this.dispatches.length);
        const entries = dispatch.bindings.map((each, binding) => ({ binding, resource: resource(each) }));
        const uniform = { buffer: this.#sizes, offset: i * ALIGNMENT, size: 16 };
        const group = this.gpu.device.createBindGroup({
          label: dispatch.label,
          layout: pipeline.getBindGroupLayout(0),
          entries: [...entries, { binding: entries.length, resource: uniform }],
        });
        const { workgroups, cost } = dispatch;
        return { dispatch, whole: { pipeline, group, workgroups, cost }, entries, cuts: new Map() };
      }),
    );
  }
}

interface Buffers {
  readonly slabs: readonly GPUBuffer[];
  /** `size` of each dispatch. */
  readonly sizes: GPUBuffer;
  readonly readback: GPUBuffer;
}

/** All or none. @throws EngineError 'out-of-memory' */
function openBuffers(
  gpu: Gpu,
  name: string,
  slabs: readonly number[],
  dispatches: number,
  outputBytes: number,
): Buffers {
  const made: GPUBuffer[] = [];
  const make = (what: string, bytes: number, usage: number) => {
    const buffer = gpu.buffer(`${name}: ${what}`, bytes, usage);
    made.push(buffer);
    return buffer;
  };
  try {
    return {
      slabs: slabs.map((bytes, i) => make(`slab ${i}`, bytes, BUFFER.STORAGE | BUFFER.COPY_SRC | BUFFER.COPY_DST)),
      sizes: make('sizes', Math.max(1, dispatches) * ALIGNMENT, BUFFER.UNIFORM | BUFFER.COPY_DST),
      readback: make('outputs', outputBytes, BUFFER.MAP_READ | BUFFER.COPY_DST),
    };
  } catch (error) {
    for (const buffer of made) gpu.free(buffer);
    throw error;
  }
}

/** A network at one batch size: its module, and where its inputs and outputs lie. */

import { planArena, type Placement } from '../graph/arena';
import { at } from '../graph/list';
import { recipeKey } from '../graph/pack';
import type { Program, WeightRecipe } from '../graph/program';
import { elementCount, type Shape, type Tensor } from '../tensor';
import { compileProgram } from './compile';
import { type TileChoice, weightForm } from './kernels';
import type { WeightForm } from './kernels/kernel';
import type { NetworkMemory } from './memory';
import type { Crew, Job } from './threads/crew';
import { layOut, layOutBias } from './weights';

/** A network's weights in its memory, laid out at most once. */
export class StoredWeights {
  readonly #matrices = new Map<string, number>();
  readonly #biases = new Map<string, number>();
  readonly #plain = new Map<string, number>();

  /** @param weights kept: another batch may need them laid out in another way */
  constructor(
    private readonly memory: NetworkMemory,
    private readonly weights: ReadonlyMap<string, Tensor>,
  ) {}

  matrix(recipe: WeightRecipe, form: WeightForm): number {
    return this.#once(this.#matrices, `${form} ${recipeKey(recipe)}`, () => layOut(recipe, form, this.weights));
  }

  bias(recipe: WeightRecipe): number {
    return this.#once(this.#biases, recipeKey(recipe), () => layOutBias(recipe, this.weights));
  }

  /** As in the file. */
  plain(name: string): number {
    return this.#once(this.#plain, name, () => (this.weights.get(name) as Tensor).data); // every program names weights of the graph
  }

  #once(known: Map<string, number>, key: string, make: () => Float32Array): number {
    const address = known.get(key) ?? this.memory.keep(make());
    known.set(key, address);
    return address;
  }
}

export interface SessionParts {
  readonly program: Program;
  readonly memory: NetworkMemory;
  readonly weights: StoredWeights;
  readonly crew: Crew;
  readonly fused: boolean;
  readonly tileOf: TileChoice;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

export class Session {
  private constructor(
    private readonly memory: NetworkMemory,
    private readonly job: Job,
    private readonly inputs: readonly { readonly name: string; readonly address: number }[],
    private readonly outputs: readonly { readonly name: string; readonly shape: Shape; readonly address: number }[],
  ) {}

  /** @throws EngineError 'out-of-memory' */
  static async open({ program, memory, weights, crew, fused, tileOf, onProgress }: SessionParts): Promise<Session> {
    // All weights first, so that what a run needs lies last and can grow.
    for (const [i, operation] of program.operations.entries()) {
      if (operation.kind === 'product') {
        weights.matrix(operation.recipe, weightForm(tileOf(operation)));
        weights.bias(operation.recipe);
      }
      onProgress?.((0.8 * i) / program.operations.length);
    }
    for (const { origin } of program.values) if (origin.kind === 'weight') weights.plain(origin.name);
    const arena = planArena(program);
    const slabs = arena.slabs.map((_, i) => arena.slabs.slice(0, i).reduce((sum, bytes) => sum + bytes, 0));
    const slabBytes = arena.slabs.reduce((sum, bytes) => sum + bytes, 0);
    // Addresses are part of the code; what lies last can grow where it is, once the code says what it needs.
    const base = memory.work(slabBytes);
    const value = (index: number) => {
      const { origin } = at(program.values, index);
      if (origin.kind === 'weight') return weights.plain(origin.name);
      const { slab, offset } = arena.placements[index] as Placement; // every value that a kernel touches is placed
      return base + at(slabs, slab) + offset;
    };
    const places = {
      value,
      matrix: (recipe: WeightRecipe, form: WeightForm) => weights.matrix(recipe, form),
      bias: (recipe: WeightRecipe) => weights.bias(recipe),
    };
    const { bytes, kernels, scratchBytes } = compileProgram(program, places, { fused, memory: memory.limits, tileOf });
    memory.work(slabBytes + crew.mostThreads * scratchBytes);
    const module = await WebAssembly.compile(bytes);
    onProgress?.(0.9);
    const scratch = Array.from({ length: crew.mostThreads }, (_, thread) => base + slabBytes + thread * scratchBytes);
    const job = crew.prepare({ module, memory: memory.memory, tasks: kernels.map(({ tasks }) => tasks), scratch });
    const inputs = program.values.flatMap(({ origin }, index) =>
      origin.kind === 'input' && arena.placements[index] ? [{ name: origin.name, address: value(index) }] : [],
    );
    const outputs = program.outputs.map(({ name, view }) => ({
      name,
      shape: view.shape,
      address: value(view.value) + 4 * view.offset,
    }));
    onProgress?.(1);
    return new Session(memory, job, inputs, outputs);
  }

  /** @param pause between kernels; throws to stop */
  async run(
    inputs: Readonly<Record<string, Tensor>>,
    pause: () => Promise<void> | undefined,
  ): Promise<Record<string, Tensor>> {
    for (const { name, address } of this.inputs) {
      const { data } = inputs[name] as Tensor; // checked by the network
      this.memory.floats(address, data.length).set(data);
    }
    await this.job.run(pause);
    return Object.fromEntries(
      this.outputs.map(({ name, shape, address }) => [
        name,
        { shape, data: this.memory.floats(address, elementCount(shape)).slice() },
      ]),
    );
  }

  dispose(): void {
    this.job.dispose();
  }
}

/**
 * The plan of a network on a GPU, dispatch by dispatch: arithmetic, bytes, workgroup memory and its conflicts, and the least time that
 * this takes by the stated peaks of three GPUs. Counted without a GPU.
 */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { lowerGraph } from '../src/engine/graph/lower';
import { parseGraph } from '../src/engine/graph/parse';
import type { WeightRecipe } from '../src/engine/graph/program';
import { readSafetensors } from '../src/engine/safetensors';
import { countPlan, type DispatchCount, intensity } from '../src/engine/webgpu/count/count';
import { paperTime, STATED_GPUS } from '../src/engine/webgpu/count/paper';
import { planKernels } from '../src/engine/webgpu/plan';
import { DEFAULT_SCHEDULE, type Schedule, TILES, type TileName } from '../src/engine/webgpu/schedule';
import type { Precision } from '../src/engine/webgpu/wgsl/shader';

const MODELS = new URL('../models/', import.meta.url);
const NETWORKS = ['denoiser', 'encoder', 'decoder'];
const USAGE = `Give --networks (folders of models/, by commas), --rows (of the denoiser, from 1) and --tile (default, or ${Object.keys(TILES).join('; ')}).`;

/** As a family in `tune.ts`: small results keep what the default has for them. */
function scheduleOf(name: TileName | undefined): Schedule {
  if (name === undefined) return DEFAULT_SCHEDULE;
  return {
    tile: (product) => {
      const otherwise = DEFAULT_SCHEDULE.tile(product);
      return otherwise === TILES['direct 1x1'] ? otherwise : TILES[name];
    },
    parts: (product) => DEFAULT_SCHEDULE.parts(product),
  };
}

const thousands = (x: number): string => Math.round(x).toLocaleString('en');

function row(count: DispatchCount): string {
  const { label, kernel, workgroups, threads, needed, done, read, written, asked, workgroupBytes, conflict } = count;
  const times = STATED_GPUS.map((gpu) => {
    const { seconds, bound } = paperTime(count, gpu);
    return `${(seconds * 1e6).toFixed(1)} ${bound === 'memory' ? 'm' : 'a'}`;
  });
  const numbers = [
    `${thousands(workgroups)} × ${String(threads)}`,
    (done / 1e6).toFixed(2),
    done === 0 ? '–' : `${((100 * needed) / done).toFixed(0)} %`,
    thousands(read / 1e3),
    thousands(written / 1e3),
    thousands(asked / 1e3),
    workgroupBytes === 0 ? '–' : thousands(workgroupBytes),
    conflict === undefined ? '–' : `${String(conflict)}×`,
    intensity(count).toFixed(1),
  ];
  return `| ${[label, kernel, ...numbers, ...times].join(' | ')} |`;
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      networks: { type: 'string', default: NETWORKS.join() },
      rows: { type: 'string', default: '3' },
      tile: { type: 'string', default: 'default' },
    },
  });
  const rows = Number(values.rows);
  const name = (Object.keys(TILES) as TileName[]).find((each) => each === values.tile);
  if (!Number.isInteger(rows) || rows < 1 || (name === undefined && values.tile !== 'default')) {
    console.error(USAGE);
    return 2;
  }
  for (const network of values.networks.split(',')) {
    const read = (file: string): Promise<Buffer | undefined> =>
      readFile(new URL(`${network}/${file}`, MODELS)).catch(() => undefined);
    const [graphBytes, weightBytes] = [await read('graph.json'), await read('weights.safetensors')];
    if (graphBytes === undefined || weightBytes === undefined) {
      console.error(`models/${network} holds no graph and weights. ${USAGE}`);
      return 2;
    }
    const weights = readSafetensors(weightBytes, network);
    // As weights.ts has it, for files of halves.
    const precisionOf = (recipe: WeightRecipe): Precision =>
      recipe.winograd === undefined && recipe.weights.every((each) => weights.get(each)?.halves) ? 'half' : 'single';
    const graph = parseGraph(JSON.parse(graphBytes.toString()));
    const batch = network === 'denoiser' ? rows : 1;
    const counts = countPlan(planKernels(lowerGraph(graph, batch), scheduleOf(name), precisionOf));
    print(`${network}, ${String(batch)} ${batch === 1 ? 'row' : 'rows'}, tile: ${values.tile}`, counts);
  }
  for (const { name: gpu, source } of STATED_GPUS) console.log(`${gpu}: ${source}.`);
  return 0;
}

function print(title: string, counts: readonly DispatchCount[]): void {
  console.log(`\n${title}\n`);
  const gpus = STATED_GPUS.map((gpu) => `${gpu.name}, µs`);
  const head = ['value', 'kernel', 'workgroups', 'MFLOP', 'needed', 'read kB', 'written kB', 'asked kB'];
  const all = [...head, 'workgroup B', 'conflict', 'FLOP/B', ...gpus];
  console.log(`| ${all.join(' | ')} |\n|${all.map(() => '---').join('|')}|`);
  for (const count of counts) console.log(row(count));
  const total = (of: (count: DispatchCount) => number): number => counts.reduce((sum, each) => sum + of(each), 0);
  const [done, read, written] = [total((c) => c.done), total((c) => c.read), total((c) => c.written)];
  console.log(
    `\n${String(counts.length)} dispatches: ${(done / 1e9).toFixed(3)} GFLOP (needed ${((100 * total((c) => c.needed)) / done).toFixed(0)} %), ` +
      `${(read / 1e6).toFixed(1)} MB read, ${(written / 1e6).toFixed(1)} written, ${(total((c) => c.asked) / 1e6).toFixed(0)} asked for, ` +
      `${intensity({ done, read, written }).toFixed(1)} FLOP/B; worst conflict ${String(Math.max(1, ...counts.map(({ conflict }) => conflict ?? 1)))}.`,
  );
  const least = STATED_GPUS.map((gpu) => {
    const times = counts.map((count) => paperTime(count, gpu));
    const seconds = times.reduce((sum, each) => sum + each.seconds, 0);
    const memory = times.reduce((sum, each) => sum + (each.bound === 'memory' ? each.seconds : 0), 0);
    return `${gpu.name} ${(seconds * 1e3).toFixed(2)} ms (${((100 * memory) / seconds).toFixed(0)} % of it memory)`;
  });
  console.log(`On paper, at least: ${least.join('; ')}. “a”: bound by arithmetic, “m”: by memory.\n`);
}

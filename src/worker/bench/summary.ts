/** Measurements -> the numbers of a table. Pure. */

import type { EditMeasurement, NetworkMeasurement, NetworkShare, OwnKernels, Refusal } from './measurements';

interface Times {
  readonly device: string;
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  /** Largest of the rounds; absent where nothing runs on a GPUDevice. */
  readonly gpuMiB?: number;
}

export interface NetworkSummary extends Times {
  readonly loadMs: number;
  readonly firstRunMs: number;
  /** Median of what a warm run spends on the CPU. */
  readonly cpuMs?: number;
  readonly gigaflops: number;
  /** Of the adapter's own matrix product; only for what runs on a GPUDevice. */
  readonly shareOfPeak?: number;
  readonly maxError: number;
}

export interface EditSummary extends Times {
  readonly steps: number;
  readonly loadMs: number;
  readonly firstMs: number;
  readonly share: NetworkShare;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

/** Rounds of one engine on one network become one summary: medians over all warm runs, the largest memory and error. */
export function summariseNetwork(rounds: readonly NetworkMeasurement[], peakGigaflops?: number): NetworkSummary {
  const times = timesOf(
    rounds,
    rounds.flatMap(({ warmRunsMs }) => warmRunsMs),
  );
  const cpu = rounds.flatMap(({ cpuMs }) => cpuMs ?? []);
  const gigaflops = (2 * (rounds[0]?.multiplyAdds ?? 0)) / times.medianMs / 1e6;
  const onGpu = times.gpuMiB !== undefined;
  return {
    ...times,
    loadMs: median(rounds.map(({ loadMs }) => loadMs)),
    firstRunMs: median(rounds.map(({ firstRunMs }) => firstRunMs)),
    ...(cpu.length > 0 && { cpuMs: median(cpu) }),
    gigaflops,
    ...(onGpu && peakGigaflops !== undefined && { shareOfPeak: gigaflops / peakGigaflops }),
    maxError: Math.max(...rounds.map(({ maxError }) => maxError)),
  };
}

export function summariseEdit(rounds: readonly Omit<EditMeasurement, 'picture'>[]): EditSummary {
  const warm = rounds.flatMap(({ warmMs }) => warmMs);
  const fastest = (round: (typeof rounds)[number]) => Math.min(...round.warmMs, round.firstMs);
  const best = rounds.toSorted((a, b) => fastest(a) - fastest(b))[0];
  return {
    ...timesOf(rounds, warm.length > 0 ? warm : rounds.map(({ firstMs }) => firstMs)),
    steps: best?.steps ?? 0,
    loadMs: median(rounds.map(({ loadMs }) => loadMs)),
    firstMs: median(rounds.map(({ firstMs }) => firstMs)),
    share: best?.share ?? {},
  };
}

type Results<Name extends string> = Readonly<Partial<Record<Name, { readonly medianMs: number } | Refusal>>>;

/** Our kernels that others are compared with: those on the GPU or those on the CPU, whichever were faster. */
export function ownOf(results: Results<OwnKernels>): OwnKernels {
  const time = (engine: OwnKernels) => {
    const result = results[engine];
    return result && !('error' in result) ? result.medianMs : Number.POSITIVE_INFINITY;
  };
  return time('simd-wasm') < time('wgsl') ? 'simd-wasm' : 'wgsl';
}

/** Each engine's median over ours: above 1, ours is faster. Engines without a result have no ratio. */
export function ratiosTo<Name extends string>(ours: Name, results: Results<Name>): Partial<Record<Name, number>> {
  const own = results[ours];
  const ratios: Partial<Record<Name, number>> = {};
  if (!own || 'error' in own) return ratios;
  for (const name of Object.keys(results) as Name[]) {
    const other = results[name];
    if (name !== ours && other && !('error' in other)) ratios[name] = other.medianMs / own.medianMs;
  }
  return ratios;
}

/** Largest difference between two pictures [256 x 256] in [-1, 1], in grey levels of 256. */
export function greyLevelsApart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++)
    most = Math.max(most, Math.abs((a[i] ?? Infinity) - (b[i] ?? Infinity)));
  return most * 127.5;
}

function timesOf(
  rounds: readonly { readonly device: string; readonly gpuBytes?: number }[],
  milliseconds: readonly number[],
): Times {
  const bytes = rounds.flatMap(({ gpuBytes }) => (gpuBytes === undefined ? [] : [gpuBytes]));
  return {
    device: rounds[0]?.device ?? '',
    medianMs: median(milliseconds),
    fastestMs: Math.min(...milliseconds),
    slowestMs: Math.max(...milliseconds),
    ...(bytes.length > 0 && { gpuMiB: Math.max(...bytes) / 2 ** 20 }),
  };
}

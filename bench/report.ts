/** Measurements -> what is printed and written. Pure. */

import { ENGINES, type EngineName, type Measurement } from './page/protocol';

/** What an engine did on a network, or why it did not. */
export type Result = EngineSummary | { readonly error: string };

export interface Row {
  readonly network: string;
  readonly engines: Readonly<Partial<Record<EngineName, Result>>>;
  /** Each engine's median over ours: above 1, ours is faster. */
  readonly ratios: Readonly<Partial<Record<EngineName, number>>>;
}

export interface EngineSummary {
  readonly device: string;
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly firstRunMs: number;
  readonly loadMs: number;
  readonly heapMiB: number;
  readonly gpuMiB: number;
  readonly gigaflops: number;
  readonly maxError: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

/** Rounds of one engine on one network become one summary: medians over all warm runs, the largest memory and error. */
export function summarise(rounds: readonly Measurement[]): EngineSummary {
  const runs = rounds.flatMap(({ warmRunsMs }) => warmRunsMs);
  const medianMs = median(runs);
  return {
    device: rounds[0]?.device ?? '',
    medianMs,
    fastestMs: Math.min(...runs),
    slowestMs: Math.max(...runs),
    firstRunMs: median(rounds.map((round) => round.firstRunMs)),
    loadMs: median(rounds.map((round) => round.loadMs)),
    heapMiB: Math.max(...rounds.map((round) => round.heapBytes)) / 2 ** 20,
    gpuMiB: Math.max(...rounds.map((round) => round.gpuBytes)) / 2 ** 20,
    gigaflops: (2 * (rounds[0]?.multiplyAdds ?? 0)) / medianMs / 1e6,
    maxError: Math.max(...rounds.map((round) => round.maxError)),
  };
}

export function compare(network: string, engines: Row['engines']): Row {
  const ours = engines.wgsl;
  const ratios = ENGINES.flatMap((name): [EngineName, number][] => {
    const other = engines[name];
    if (name === 'wgsl' || !ours || !other || 'error' in ours || 'error' in other) return [];
    return [[name, other.medianMs / ours.medianMs]];
  });
  return { network, engines, ratios: Object.fromEntries(ratios) };
}

const HEAD = [
  'network',
  'engine',
  'median',
  'spread',
  'GFLOP/s',
  'ours is faster by',
  'load',
  'first run',
  'memory',
  'error',
];

/** A table of fixed width, one line for each engine on each network; what could not run says why below. */
export function table(rows: readonly Row[]): string {
  const cells: string[][] = [];
  const refusals: string[] = [];
  for (const { network, engines, ratios } of rows)
    for (const name of ENGINES) {
      const result = engines[name];
      if (!result) continue;
      if ('error' in result) refusals.push(`${network} on ${name}: ${result.error}`);
      else cells.push([network, name, ...numbers(result, ratios[name])]);
    }
  const lines = [HEAD, ...cells];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...text, ...refusals].join('\n');
}

function numbers(result: EngineSummary, ratio: number | undefined): string[] {
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  return [
    ms(result.medianMs),
    `${result.fastestMs.toFixed(0)}–${result.slowestMs.toFixed(0)}`,
    result.gigaflops.toFixed(2),
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    ms(result.loadMs),
    ms(result.firstRunMs),
    `${(result.heapMiB + result.gpuMiB).toFixed(0)} MiB`,
    result.maxError.toExponential(1),
  ];
}

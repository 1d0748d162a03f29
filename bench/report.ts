/** Measurements -> what is printed and written. Pure. */

import type { EngineName, Measurement } from './page/protocol';

export interface Row {
  readonly network: string;
  readonly engines: Readonly<Record<EngineName, EngineSummary>>;
  /** onnxruntime-web's median over ours: above 1, ours is faster. */
  readonly speedRatio: number;
  /** onnxruntime-web's heap over ours: above 1, ours is smaller. */
  readonly memoryRatio: number;
}

export interface EngineSummary {
  readonly medianMs: number;
  readonly fastestMs: number;
  readonly slowestMs: number;
  readonly firstRunMs: number;
  readonly loadMs: number;
  readonly heapMiB: number;
  readonly gigaflops: number;
  readonly maxError: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return Number.isInteger(middle) ? (at(middle - 1) + at(middle)) / 2 : at(Math.floor(middle));
}

/** Rounds of one engine on one network become one summary: medians over all warm runs, the largest heap and error. */
export function summarise(rounds: readonly Measurement[]): EngineSummary {
  const runs = rounds.flatMap(({ warmRunsMs }) => warmRunsMs);
  const medianMs = median(runs);
  return {
    medianMs,
    fastestMs: Math.min(...runs),
    slowestMs: Math.max(...runs),
    firstRunMs: median(rounds.map((round) => round.firstRunMs)),
    loadMs: median(rounds.map((round) => round.loadMs)),
    heapMiB: Math.max(...rounds.map((round) => round.heapBytes)) / 2 ** 20,
    gigaflops: (2 * (rounds[0]?.multiplyAdds ?? 0)) / medianMs / 1e6,
    maxError: Math.max(...rounds.map((round) => round.maxError)),
  };
}

export function compare(network: string, engines: Row['engines']): Row {
  const { counterpart: ours, 'onnxruntime-web': theirs } = engines;
  return { network, engines, speedRatio: theirs.medianMs / ours.medianMs, memoryRatio: theirs.heapMiB / ours.heapMiB };
}

/** A table of fixed width, one line a network. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ network, engines, speedRatio, memoryRatio }) => {
    const { counterpart: ours, 'onnxruntime-web': theirs } = engines;
    return [
      network,
      ...[ours, theirs].map((engine) => `${engine.medianMs.toFixed(0)} ms (${engine.gigaflops.toFixed(1)} GFLOP/s)`),
      `${speedRatio.toFixed(2)}x`,
      ...[ours, theirs].map((engine) => `${engine.heapMiB.toFixed(0)} MiB`),
      `${memoryRatio.toFixed(2)}x`,
      ...[ours, theirs].map((engine) => engine.maxError.toExponential(1)),
    ];
  });
  const head = ['network', 'ours', 'onnxruntime-web', 'speed', 'heap', 'ort heap', 'memory', 'error', 'ort error'];
  const lines = [head, ...cells];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

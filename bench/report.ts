/** Summaries -> the tables that are printed. Pure. */

import type { NetworkShare, Refusal } from '../src/worker/bench/measurements';
import {
  type EditSummary,
  greyLevelsApart,
  ownOf,
  type NetworkSummary,
  ratiosTo,
  summariseEdit,
  summariseNetwork,
} from '../src/worker/bench/summary';
import { ENGINES, type EngineName, type EditResult, type Measurement } from './page/protocol';

type Ratios = Readonly<Partial<Record<EngineName, number>>>;
type Results<Summary> = Readonly<Partial<Record<EngineName, Summary | Refusal>>>;

interface Heap {
  readonly heapMiB: number;
}
export interface NetworkRow {
  readonly network: string;
  readonly engines: Results<NetworkSummary & Heap>;
  /** Each engine's median over ours: above 1, ours is faster. */
  readonly ratios: Ratios;
}
export interface EditRow {
  /** With its size where the sample was made larger or smaller. */
  readonly edit: string;
  /** `apart`: largest difference of the picture to ours, or to the first engine's where ours made none, in grey levels. */
  readonly engines: Results<EditSummary & Heap & { readonly apart: number }>;
  readonly ratios: Ratios;
}

type Found<Each> = Readonly<Partial<Record<EngineName, readonly Each[] | Refusal>>>;

export function networkRow(network: string, found: Found<Measurement>, peakGigaflops?: number): NetworkRow {
  const engines = mapped(found, (rounds) => ({ ...summariseNetwork(rounds, peakGigaflops), ...heapOf(rounds) }));
  return { network, engines, ratios: ratiosTo<EngineName>(ownOf(engines), engines) };
}

export function editRow(edit: string, found: Found<EditResult>): EditRow {
  const pictures = ENGINES.flatMap((name) => {
    const rounds = found[name];
    return rounds && !('error' in rounds) && rounds[0] ? [rounds[0].picture] : [];
  });
  const engines = mapped(found, (rounds) => ({
    ...summariseEdit(rounds),
    ...heapOf(rounds),
    apart: greyLevelsApart(rounds[0]?.picture ?? [], pictures[0] ?? []),
  }));
  return { edit, engines, ratios: ratiosTo<EngineName>(ownOf(engines), engines) };
}

const NETWORK_HEAD = [
  'network',
  'engine',
  'median',
  'spread',
  'ours is faster by',
  'GFLOP/s',
  'of peak',
  'CPU a run',
  'load',
  'first run',
  'GPU memory',
  'heap',
  'error',
];

/** One line for each engine on each network; what could not run says why below. */
export function networkTable(rows: readonly NetworkRow[]): string {
  return table(
    NETWORK_HEAD,
    rows.flatMap(({ network, engines, ratios }) =>
      linesOf(network, engines, (name, result) => [
        ms(result.medianMs),
        `${result.fastestMs.toFixed(0)}–${result.slowestMs.toFixed(0)}`,
        times(ratios[name]),
        result.gigaflops.toFixed(2),
        result.shareOfPeak === undefined ? '' : `${(100 * result.shareOfPeak).toFixed(0)} %`,
        result.cpuMs === undefined ? '' : ms(result.cpuMs),
        ms(result.loadMs),
        ms(result.firstRunMs),
        mebibytes(result.gpuMiB),
        mebibytes(result.heapMiB),
        result.maxError.toExponential(1),
      ]),
    ),
  );
}

const EDIT_HEAD = [
  'edit',
  'engine',
  'median',
  'spread',
  'ours is faster by',
  'load',
  'first',
  'first after start',
  'steps',
  'GPU memory',
  'heap',
  'picture apart',
  'where the time goes',
];

export function editTable(rows: readonly EditRow[]): string {
  return table(
    EDIT_HEAD,
    rows.flatMap(({ edit, engines, ratios }) =>
      linesOf(edit, engines, (name, result) => [
        ms(result.medianMs),
        `${result.fastestMs.toFixed(0)}–${result.slowestMs.toFixed(0)}`,
        times(ratios[name]),
        ms(result.loadMs),
        ms(result.firstMs),
        ms(result.loadMs + result.firstMs),
        String(result.steps),
        mebibytes(result.gpuMiB),
        mebibytes(result.heapMiB),
        `${result.apart.toFixed(1)} grey`,
        split(result.share, result.fastestMs),
      ]),
    ),
  );
}

/** Where the time of one edit went, the largest first; what no network took is the rest. */
export function split(share: NetworkShare, totalMs: number): string {
  const parts = Object.entries(share).toSorted(([, a], [, b]) => b.milliseconds - a.milliseconds);
  const rest = totalMs - parts.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0);
  const texts = parts.map(([name, { milliseconds, runs }]) => `${name} ${ms(milliseconds)} in ${runs}`);
  return [...texts, `rest ${ms(Math.max(0, rest))}`].join(', ');
}

function mapped<Each, Summary>(
  found: Found<Each>,
  summarise: (rounds: readonly Each[]) => Summary,
): Partial<Record<EngineName, Summary | Refusal>> {
  const entries = ENGINES.flatMap((name): [EngineName, Summary | Refusal][] => {
    const rounds = found[name];
    return rounds === undefined ? [] : [[name, 'error' in rounds ? rounds : summarise(rounds)]];
  });
  return Object.fromEntries(entries);
}

function heapOf(rounds: readonly { readonly heapBytes: number }[]): Heap {
  return { heapMiB: Math.max(...rounds.map(({ heapBytes }) => heapBytes)) / 2 ** 20 };
}

type Line = readonly string[] | { readonly refusal: string };

function linesOf<Summary extends object>(
  what: string,
  engines: Results<Summary>,
  cells: (name: EngineName, result: Summary) => string[],
): Line[] {
  return ENGINES.flatMap((name): Line[] => {
    const result = engines[name];
    if (!result) return [];
    if ('error' in result) return [{ refusal: `${what} on ${name}: ${result.error}` }];
    return [[what, name, ...cells(name, result)]];
  });
}

function table(head: readonly string[], lines: readonly Line[]): string {
  const rows = [head, ...lines.flatMap((line) => ('refusal' in line ? [] : [line]))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...text, ...lines.flatMap((line) => ('refusal' in line ? [line.refusal] : []))].join('\n');
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function times(ratio: number | undefined): string {
  return ratio === undefined ? '' : `${ratio.toFixed(2)}x`;
}

function mebibytes(value: number | undefined): string {
  return value === undefined || value === 0 ? '' : `${value.toFixed(0)} MiB`;
}

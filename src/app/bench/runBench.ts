/** The measurements in order, each in a worker of its own; what is known so far is told after each. */

import type { MatmulPeak } from '../../engine/webgpu/peak';
import type { NetworkName } from '../../networks/manifest';
import {
  EDITS,
  OWN_ENGINES,
  type BenchAnswer,
  type EditMeasurement,
  type EditName,
  type Job,
  type NetworkMeasurement,
  type OwnEngine,
  type Refusal,
  type Yields,
} from '../../worker/bench/measurements';
import {
  ownOf,
  ratiosTo,
  summariseEdit,
  summariseNetwork,
  type EditSummary,
  type NetworkSummary,
} from '../../worker/bench/summary';

export type OwnJob = Job<OwnEngine>;

export interface Plan {
  readonly networks: readonly NetworkName[];
  readonly edits: readonly EditName[];
  readonly warmRuns: number;
  readonly rounds: number;
}

const ALL: readonly NetworkName[] = ['anatomist', 'encoder', 'decoder', 'reader', 'second-reader', 'denoiser'];

export const PLANS = {
  quick: { networks: ['anatomist'], edits: [], warmRuns: 5, rounds: 1 },
  networks: { networks: ALL, edits: [], warmRuns: 5, rounds: 2 },
  everything: { networks: ALL, edits: EDITS, warmRuns: 5, rounds: 2 },
} as const satisfies Readonly<Record<string, Plan>>;
export type Scope = keyof typeof PLANS;

export interface Row<Name extends string, Summary> {
  readonly name: Name;
  readonly engines: Readonly<Partial<Record<OwnEngine, Summary | Refusal>>>;
  /** Each engine's median over ours. */
  readonly ratios: Readonly<Partial<Record<OwnEngine, number>>>;
}

export interface Findings {
  readonly peak?: MatmulPeak | Refusal;
  readonly networks: readonly Row<NetworkName, NetworkSummary>[];
  readonly edits: readonly Row<EditName, EditSummary>[];
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly job: OwnJob | undefined;
  readonly findings: Findings;
}

/** Resolves to a refusal where the job cannot be done. @throws DOMException 'AbortError' */
export type Measure = <Kind extends OwnJob['kind']>(
  job: Extract<OwnJob, { kind: Kind }>,
  signal: AbortSignal,
) => Promise<BenchAnswer<Kind>>;

type Rounds<Each> = Partial<Record<OwnEngine, readonly Each[] | Refusal>>;

/** @throws what `measure` throws, when it is cancelled */
export async function runBench(
  plan: Plan,
  measure: Measure,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<Findings> {
  const jobs = jobsOf(plan);
  const networks = new Map<NetworkName, Rounds<NetworkMeasurement>>();
  const edits = new Map<EditName, Rounds<EditMeasurement>>();
  let peak: MatmulPeak | Refusal | undefined;

  const findings = (): Findings => {
    const most = peak && !('error' in peak) ? peak.gigaflops : undefined;
    return {
      ...(peak && { peak }),
      networks: [...networks].map(([name, rounds]) => rowOf(name, rounds, (each) => summariseNetwork(each, most))),
      edits: [...edits].map(([name, rounds]) => rowOf(name, rounds, summariseEdit)),
    };
  };
  for (const [done, job] of jobs.entries()) {
    onProgress({ done, total: jobs.length, job, findings: findings() });
    if (job.kind === 'peak') {
      const answer = await measure(job, signal);
      peak = 'error' in answer ? answer : answer.measurement;
    } else if (job.kind === 'network') {
      await collect(networks, job.network as NetworkName, job.engine, () => measure(job, signal));
    } else {
      await collect(edits, job.edit, job.engine, () => measure(job, signal));
    }
  }
  onProgress({ done: jobs.length, total: jobs.length, job: undefined, findings: findings() });
  return findings();
}

/** Rounds in opposite order, so that a computer that grows hot favours none. */
export function jobsOf({ networks, edits, warmRuns, rounds }: Plan): readonly OwnJob[] {
  const inTurns = (jobOn: (engine: OwnEngine) => OwnJob): OwnJob[] =>
    Array.from({ length: rounds }, (_, round) =>
      (round % 2 === 0 ? OWN_ENGINES : OWN_ENGINES.toReversed()).map(jobOn),
    ).flat();
  return [
    { kind: 'peak' },
    ...networks.flatMap((network) => inTurns((engine) => ({ kind: 'network', engine, network, warmRuns }))),
    ...edits.flatMap((edit) => inTurns((engine) => ({ kind: 'edit', engine, edit, warmRuns: 1 }))),
  ];
}

/** An engine that could not do it once is not asked again. */
async function collect<Name extends string, Kind extends 'network' | 'edit'>(
  rows: Map<Name, Rounds<Yields[Kind]>>,
  name: Name,
  engine: OwnEngine,
  measure: () => Promise<BenchAnswer<Kind>>,
): Promise<void> {
  const row = rows.get(name) ?? {};
  const before = row[engine] ?? [];
  if ('error' in before) return;
  const answer = await measure();
  rows.set(name, { ...row, [engine]: 'error' in answer ? answer : [...before, answer.measurement] });
}

function rowOf<Name extends string, Each, Summary extends { readonly medianMs: number }>(
  name: Name,
  rounds: Rounds<Each>,
  summarise: (rounds: readonly Each[]) => Summary,
): Row<Name, Summary> {
  const engines: Partial<Record<OwnEngine, Summary | Refusal>> = {};
  for (const engine of OWN_ENGINES) {
    const found = rounds[engine];
    if (found !== undefined) engines[engine] = 'error' in found ? found : summarise(found);
  }
  return { name, engines, ratios: ratiosTo<OwnEngine>(ownOf(engines), engines) };
}

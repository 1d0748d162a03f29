/** What the studio shows of models/manifest.json: sizes, thresholds, and how well each finding is handled. */

import { z } from 'zod';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import type { SamplerName } from '../counterfactual/edit';

export interface SamplingDefaults {
  readonly steps: number;
  readonly guidance: number;
  readonly maxTime: number;
  readonly sampler: SamplerName | 'auto';
}

export interface ModelRelease {
  readonly release: string;
  /** Bytes of all graphs and weights that a first visit downloads. */
  readonly bytes: number;
  readonly networks: number;
  /** Probability above which the reader calls a finding. */
  readonly thresholds: Readonly<Partial<Record<Finding, number>>>;
  /** Same for the second reader. */
  readonly judgeThresholds: Readonly<Partial<Record<Finding, number>>>;
  /** AUROC of the reader on images it has not seen, where it was measured. */
  readonly auroc: Readonly<Partial<Record<Finding, number>>>;
  readonly sampling: SamplingDefaults;
}

/** Used until the manifest is read. */
export const DEFAULT_SAMPLING: SamplingDefaults = { steps: 12, guidance: 5, maxTime: 0.9, sampler: 'auto' };

const calibration = z.record(z.string(), z.looseObject({ threshold: z.number().optional() }));
const file = z.looseObject({ bytes: z.number().nonnegative() });

const manifestSchema = z.looseObject({
  format: z.literal('counterpart-models'),
  release: z.string(),
  networks: z.record(
    z.string(),
    z.looseObject({ graph: file, weights: file, evaluation: z.record(z.string(), z.unknown()).optional() }),
  ),
  calibration: z.looseObject({ reader: calibration.optional(), 'second-reader': calibration.optional() }).optional(),
  sampling: z
    .looseObject({ steps: z.number().optional(), guidance: z.number().optional(), maxTime: z.number().optional() })
    .optional(),
});

function thresholds(table: z.infer<typeof calibration> | undefined): Partial<Record<Finding, number>> {
  const found: Partial<Record<Finding, number>> = {};
  for (const finding of FINDINGS) {
    const threshold = table?.[finding]?.threshold;
    if (threshold !== undefined) found[finding] = threshold;
  }
  return found;
}

/** Evaluations name AUROC per finding as `auroc: { finding: value }` or `auroc_<finding>`; other shapes are not shown. */
function aurocs(evaluation: Readonly<Record<string, unknown>> | undefined): Partial<Record<Finding, number>> {
  const found: Partial<Record<Finding, number>> = {};
  const nested = z.record(z.string(), z.unknown()).safeParse(evaluation?.auroc);
  for (const finding of FINDINGS) {
    const value = (nested.success ? nested.data[finding] : undefined) ?? evaluation?.[`auroc_${finding}`];
    if (typeof value === 'number' && value >= 0 && value <= 1) found[finding] = value;
  }
  return found;
}

/** @throws ZodError when the manifest is not one of ours */
export function parseRelease(manifest: unknown): ModelRelease {
  const parsed = manifestSchema.parse(manifest);
  const networks = Object.values(parsed.networks);
  return {
    release: parsed.release,
    bytes: networks.reduce((sum, network) => sum + network.graph.bytes + network.weights.bytes, 0),
    networks: networks.length,
    thresholds: thresholds(parsed.calibration?.reader),
    judgeThresholds: thresholds(parsed.calibration?.['second-reader']),
    auroc: aurocs(parsed.networks.reader?.evaluation),
    sampling: {
      steps: parsed.sampling?.steps ?? DEFAULT_SAMPLING.steps,
      guidance: parsed.sampling?.guidance ?? DEFAULT_SAMPLING.guidance,
      maxTime: parsed.sampling?.maxTime ?? DEFAULT_SAMPLING.maxTime,
      sampler: 'auto',
    },
  };
}

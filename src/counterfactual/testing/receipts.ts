import { FINDINGS, type Finding } from '../../findings/vocabulary';
import type { Counterfactual, Measures, Reading } from '../edit';
import { editWith, type LooseEdit } from './edits';
import type { ReceiptLine, Verdict } from '../receipt/line';
import { receiptOf } from '../receipt/receipt';
import type { Rulers } from '../receipt/thresholds';
import { fakeRadiograph } from './fakes';

export const RULERS: Rulers = {
  localOperatingPoint: 0.3,
  severityScale: 3,
  thresholds: { lung_opacity: 0.5, effusion: 0.2, consolidation: 0.5, pneumothorax: 0.5 },
  unreadable: new Set<Finding>(),
  measured: new Set<Finding>(['lung_opacity', 'effusion', 'nodule']),
  unseen: [
    [0.001, 2.8],
    [0.01, 3.4],
    [0.05, 4],
    [0.5, 6],
    [0.99, 10],
  ],
};

export interface Case {
  readonly edit?: Partial<LooseEdit> & { readonly maskSha256?: string };
  /** Opacity inside the mask, before and after. */
  readonly local?: readonly [number, number];
  /** Probability of single findings, before and after; the rest stays at 0.1. */
  readonly findings?: Readonly<Partial<Record<Finding, readonly [number, number]>>>;
  readonly measures?: Partial<Measures>;
  /** Grades of the zones, before and after. */
  readonly zones?: readonly [readonly number[], readonly number[]];
  readonly changedPixels?: number;
  readonly blended?: boolean;
}

export const half = Float32Array.from({ length: 1024 }, (_, cell) => (cell < 512 ? 1 : 0));

function reading(moment: 0 | 1, { local = [0.1, 0.5], findings = {}, zones }: Case): Reading {
  const probabilities = Object.fromEntries(FINDINGS.map((finding) => [finding, findings[finding]?.[moment] ?? 0.1]));
  // Half the map is the mask; what lies outside it must not count.
  const opacityMap = half.map((inside) => (inside === 1 ? local[moment] : 0.9));
  return {
    findings: probabilities as Record<Finding, number>,
    zoneSeverity: zones?.[moment] ?? [0, 0, 0, 0, 0, 0],
    opacityMap,
  };
}

export function made(given: Case): Counterfactual {
  const image = fakeRadiograph(16, 16, 8);
  const { maskSha256, ...edit } = given.edit ?? {};
  return {
    image,
    recipe: {
      edit: {
        ...editWith({ kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 3 }, edit),
        ...(maskSha256 === undefined ? {} : { maskSha256 }),
      },
      sampling: {
        seed: 1,
        steps: 4,
        sampler: 'twin-flow',
        guidance: 3,
        maxTime: 0.9,
        shift: 1,
        averages: 1,
        passes: 1,
        ...(given.blended === true && { blended: true }),
      },
      source: { name: 'chest.png', sha256: '0'.repeat(64) },
      models: {},
      backend: 'test',
      createdAt: '2026-01-01T00:00:00Z',
      synthetic: true,
    },
    mask: { width: 16, height: 16, data: new Uint8Array(256).fill(255) },
    before: reading(0, given),
    after: reading(1, given),
    changedPixels: given.changedPixels ?? 100,
    milliseconds: 1,
    measures: { cells: half, change: new Float32Array(1024), anatomy: { lungs: 0.99, heart: 0.98 }, ...given.measures },
  };
}

export function line(id: ReceiptLine['id'], given: Case, outside = 0): ReceiptLine {
  const found = receiptOf(made(given), outside, RULERS).lines.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no line ${id}`);
  return found;
}

export const verdictOf = (id: ReceiptLine['id'], given: Case): Verdict | undefined => line(id, given).verdict;

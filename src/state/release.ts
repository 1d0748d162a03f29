/** What the studio shows of models/manifest.json: sizes, thresholds, and how well each finding is handled. Pure. */

import { advisedSampling } from '../counterfactual/choose';
import type { EditKind } from '../counterfactual/edit';
import type { Rulers } from '../counterfactual/receipt/thresholds';
import { FINDINGS, type Finding } from '../findings/vocabulary';
import type { FindingCurves, Manifest } from '../networks/manifest';

type PerFinding = Readonly<Partial<Record<Finding, number>>>;

export interface SamplingDefaults {
  readonly steps: number;
  readonly guidance: number;
  readonly maxTime: number;
}

export interface ModelRelease {
  readonly release: string;
  /** Bytes of all graphs and weights: what a first visit downloads. */
  readonly bytes: number;
  /** Calibrated probability from which the reader calls a finding. */
  readonly thresholds: PerFinding;
  /** Same for the second reader. */
  readonly judgeThresholds: PerFinding;
  /** Findings that the reader cannot tell: their probability says nothing. */
  readonly unreadable: ReadonlySet<Finding>;
  /** What receipts are judged by. */
  readonly rulers: Rulers;
  /** AUROC of the reader on radiographs it has not seen, where it was measured. */
  readonly auroc: PerFinding;
  /** Training radiographs that carry each finding, where the release states them. */
  readonly support: PerFinding | undefined;
  readonly sampling: Readonly<Record<EditKind, SamplingDefaults>>;
}

const UNTIL_READ: SamplingDefaults = { steps: 12, guidance: 5, maxTime: 0.9 };

/** What the release advises for a kind of edit; sound values until the manifest is read. */
export function samplingFor(release: ModelRelease | undefined, kind: EditKind): SamplingDefaults {
  return release?.sampling[kind] ?? UNTIL_READ;
}

function perFinding(value: (finding: Finding) => number | undefined): PerFinding {
  return Object.fromEntries(
    FINDINGS.flatMap((finding) => {
      const found = value(finding);
      return found === undefined ? [] : [[finding, found]];
    }),
  );
}

function thresholds(curves: FindingCurves): PerFinding {
  return perFinding((finding) => curves[finding]?.threshold);
}

function unreadable(curves: FindingCurves): ReadonlySet<Finding> {
  return new Set(FINDINGS.filter((finding) => curves[finding]?.readable === false));
}

function aurocs(evaluation: Readonly<Record<string, unknown>>): PerFinding {
  return perFinding((finding) => {
    const value = evaluation[`auroc_${finding}`];
    return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
  });
}

export function releaseOf(manifest: Manifest): ModelRelease {
  const networks = Object.values(manifest.networks);
  return {
    release: manifest.release,
    bytes: networks.reduce(
      (sum, { graph, weights, neighbours }) => sum + graph.bytes + weights.bytes + (neighbours?.bytes ?? 0),
      0,
    ),
    thresholds: thresholds(manifest.calibration.reader),
    judgeThresholds: thresholds(manifest.calibration['second-reader']),
    unreadable: unreadable(manifest.calibration.reader),
    rulers: {
      unreadable: unreadable(manifest.calibration['second-reader']),
      localOperatingPoint: manifest.calibration.operatingPoint['second-reader-local'] ?? 0.5,
      severityScale: manifest.calibration.severity.scale,
      thresholds: thresholds(manifest.calibration['second-reader']),
      measured: new Set(Object.keys(aurocs(manifest.networks['second-reader'].evaluation)) as Finding[]),
      unseen: manifest.networks['second-reader'].neighbours?.unseen ?? [],
    },
    auroc: aurocs(manifest.networks.reader.evaluation),
    // An empty list states nothing.
    support: Object.keys(manifest.support ?? {}).length === 0 ? undefined : manifest.support,
    sampling: {
      add: advisedSampling(manifest.sampling, 'add'),
      remove: advisedSampling(manifest.sampling, 'remove'),
      grade: advisedSampling(manifest.sampling, 'grade'),
    },
  };
}

/** Results as a studio or a run has them, small enough to look at. */

import type { Counterfactual, Reading, Recipe } from '../../counterfactual/edit';
import { editWith, type LooseEdit } from '../../counterfactual/testing/edits';
import type { ReceiptLine, Verdict } from '../../counterfactual/receipt/line';
import { fakeRadiograph } from '../../counterfactual/testing/fakes';
import { FINDINGS } from '../../findings/vocabulary';
import { resultOf, type ExportItem } from '../item';
import { rowOf, type Described } from '../row';
import type { ExportSink } from '../sink';

export const line = (id: ReceiptLine['id'], verdict: Verdict): ReceiptLine => ({
  id,
  verdict,
  question: '',
  reason: '',
  key: undefined,
  figures: [],
});

function reading(probability: number): Reading {
  const findings = Object.fromEntries(FINDINGS.map((finding) => [finding, probability])) as Reading['findings'];
  return { findings, zoneSeverity: [0, 0.5, 1, 1.5, 2, 2.5], opacityMap: new Float32Array(1024) };
}

export interface Case {
  readonly edit?: Partial<LooseEdit>;
  readonly drawn?: Recipe['drawn'];
  readonly lines?: readonly ReceiptLine[];
  readonly probability?: number;
  readonly label?: string;
  readonly mask?: Uint8Array;
}

export const SIZE = { width: 70, height: 64 } as const;

/** A severe opacity of the left lower zone that came, unless the case says otherwise. */
export function fakeResult({
  edit = {},
  drawn,
  lines = [line('effect', 'green')],
  probability = 0.1,
  label = 'severe left lower zone opacity',
  mask,
}: Case = {}): Described & { readonly counterfactual: Counterfactual } {
  const image = fakeRadiograph(SIZE.width, SIZE.height, 12, { synthetic: true, paediatric: true, viewPosition: 'PA' });
  return {
    counterfactual: {
      image,
      recipe: {
        edit: editWith({ kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 3 }, edit),
        sampling: {
          seed: 7,
          steps: 4,
          sampler: 'twin-flow',
          guidance: 3,
          maxTime: 0.9,
          shift: 1,
          averages: 1,
          passes: 1,
        },
        ...(drawn === undefined ? {} : { drawn }),
        source: { name: 'chest.png', sha256: '0'.repeat(64) },
        models: {},
        backend: 'test',
        createdAt: '2026-01-01T00:00:00Z',
        synthetic: true,
      },
      mask: {
        ...SIZE,
        data: mask ?? new Uint8Array(SIZE.width * SIZE.height).map((_, index) => index % 256),
      },
      before: reading(0.1),
      after: reading(probability),
      changedPixels: 1,
      milliseconds: 1,
    },
    origin: 'abc',
    label,
    name: undefined,
    receipt: { verdict: 'amber', lines },
    thresholds: { lung_opacity: 0.3, effusion: 0.2 },
  };
}

export interface ItemCase extends Case {
  readonly origin?: string;
  readonly patient?: string;
  readonly split?: string;
  readonly donor?: ExportItem['donor'];
}

export function fakeItem(id: string, given: ItemCase = {}): ExportItem {
  const described = fakeResult(given);
  const { image, mask, recipe } = described.counterfactual;
  const { lines = [line('effect', 'green')] } = given;
  return {
    id,
    request: described.label,
    origin: given.origin ?? 'abc',
    patient: given.patient,
    split: given.split,
    donor: given.donor,
    row: rowOf({ ...described, origin: given.origin ?? 'abc' }),
    load: () => Promise.resolve(resultOf({ image, mask, recipe, receipt: { verdict: 'amber', lines } })),
    loadSource: () => Promise.resolve(fakeRadiograph(SIZE.width, SIZE.height, 12, { name: 'DOE^JANE' })),
  };
}

export interface MemorySink extends ExportSink {
  readonly files: Map<string, Uint8Array>;
  text(path: string): string;
}

export function memorySink(): MemorySink {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    text: (path) => new TextDecoder().decode(files.get(path)),
    write(path, bytes) {
      files.set(path, bytes.slice());
      return Promise.resolve();
    },
  };
}

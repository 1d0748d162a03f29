import { describe, expect, it } from 'vitest';
import { NETWORK_NAMES, parseManifest } from '../networks/manifest';
import { releaseOf, samplingFor } from './release';

const file = (bytes: number) => ({ file: 'graph.json', sha256: '0'.repeat(64), bytes });

const manifest = parseManifest({
  format: 'counterpart-models',
  version: 1,
  release: '0.1.0',
  created: '2026-01-01',
  networks: Object.fromEntries(
    NETWORK_NAMES.map((name) => [
      name,
      {
        folder: name,
        graph: file(10),
        weights: file(1000),
        parameters: 5,
        version: '0.1.0',
        evaluation: { auroc_effusion: 0.9, auroc_mass: 'n/a' },
      },
    ]),
  ),
  calibration: { reader: { effusion: { scale: 1, offset: 0, threshold: 0.3 } } },
  support: { effusion: 155 },
  sampling: {
    steps: 12,
    guidance: 4,
    maxTime: 0.9,
    sampler: { add: 'twin-flow', remove: 'inpaint', grade: 'twin-flow' },
    kinds: { remove: { guidance: 6 } },
  },
});

describe('what the studio shows of a release', () => {
  it('sums what a first visit downloads', () => {
    expect(releaseOf(manifest).bytes).toBe(NETWORK_NAMES.length * 1010);
  });

  it('takes thresholds and AUROC where they were measured', () => {
    expect(releaseOf(manifest).thresholds).toEqual({ effusion: 0.3 });
    expect(releaseOf(manifest).auroc).toEqual({ effusion: 0.9 });
  });

  it('names the findings that a reader cannot tell', () => {
    const curve = { scale: 1, offset: 0, threshold: 0.3 };
    const calibration = {
      ...manifest.calibration,
      reader: { effusion: curve, mass: { ...curve, readable: false } },
      'second-reader': { hernia: { ...curve, readable: false } },
    };
    const release = releaseOf({ ...manifest, calibration });
    expect([...release.unreadable]).toEqual(['mass']);
    expect([...release.rulers.unreadable]).toEqual(['hernia']);
    expect([...releaseOf(manifest).unreadable]).toEqual([]);
  });

  it('says how many radiographs a finding was learnt from, where the manifest does', () => {
    expect(releaseOf(manifest).support).toEqual({ effusion: 155 });
    expect(releaseOf({ ...manifest, support: undefined }).support).toBeUndefined();
    expect(releaseOf({ ...manifest, support: {} }).support).toBeUndefined();
    expect(() => parseManifest({ ...manifest, support: { effusion: -1 } })).toThrow(/support\.effusion/);
  });

  it('advises per kind of edit', () => {
    expect(samplingFor(releaseOf(manifest), 'remove')).toEqual({ steps: 12, guidance: 6, maxTime: 0.9 });
    expect(samplingFor(releaseOf(manifest), 'add').guidance).toBe(4);
    expect(samplingFor(undefined, 'add').steps).toBeGreaterThan(0);
  });
});

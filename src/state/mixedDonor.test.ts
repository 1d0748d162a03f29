import { describe, expect, it } from 'vitest';
import { packPathology, TOKENS_LENGTH, unpackPathology } from '../findings/pathology';
import { thumbnailOf } from '../record/thumbnail';
import { mixedDonor } from './mixedDonor';
import type { Donor } from './swap';
import { fakeRadiograph, fakeReading } from './testing/fakes';

function donor(probability: number, zones: readonly number[], token?: number): Donor {
  const pathology = token === undefined ? undefined : packPathology(new Float32Array(TOKENS_LENGTH).fill(token));
  return {
    title: String(probability),
    thumbnail: thumbnailOf(fakeRadiograph(), 16),
    reading: fakeReading(probability, zones),
    findings: [],
    ...(pathology && { pathology }),
  };
}

describe('two donors as one', () => {
  it('are read in proportion, and their pathologies are mixed', () => {
    const mixed = mixedDonor(donor(0.2, [2, 0, 0, 0, 0, 0], 1), donor(0.6, [0, 0, 0, 0, 0, 1], -1), 0.25, 'both');
    expect(mixed.title).toBe('both');
    expect(mixed.reading.zoneSeverity).toEqual([1.5, 0, 0, 0, 0, 0.25]);
    expect(mixed.reading.findings.effusion).toBeCloseTo(0.3);
    expect(mixed.pathology && unpackPathology(mixed.pathology)[0]).toBeCloseTo(0.5, 2);
  });

  it('keep the pathology of the one that has some, and of its own age only where both agree', () => {
    const [sick, clear] = [donor(0.5, [2, 0, 0, 0, 0, 0], 1), donor(0.1, [0, 0, 0, 0, 0, 0])];
    expect(mixedDonor(clear, sick, 0.5, '').pathology).toEqual(sick.pathology);
    const [child, adult] = [
      { ...sick, paediatric: true },
      { ...clear, paediatric: false },
    ];
    expect(mixedDonor(child, adult, 0.5, '').paediatric).toBeUndefined();
    expect(mixedDonor(child, child, 0.5, '').paediatric).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { regionMap } from '../findings/regions';
import { FINDINGS } from '../findings/vocabulary';
import type { Tensor } from '../engine/tensor';
import { severityInside } from '../findings/seen';
import { zoneSeverities } from './calibration';
import { fakeNetwork } from './testing/fakes';
import {
  createAnatomist,
  createDenoiser,
  createEncoder,
  createReader,
  LATENT_LENGTH,
  softmaxRows,
  type DenoiserInput,
} from './typed';

const image = new Float32Array(256 * 256);
const tensor = (shape: readonly number[], fill: (index: number) => number): Tensor => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => fill(i)),
});

describe('typed networks', () => {
  it('calibrates the reader’s logits and leaves uncalibrated findings alone', async () => {
    const network = fakeNetwork('reader', () => ({
      findings: tensor([1, 16], () => 1),
      opacity: tensor([1, 32, 32, 1], () => 0),
    }));
    const reading = await createReader(network, { effusion: { scale: 2, offset: -2, threshold: 0.5 } }).read(image);
    expect(reading.probabilities.effusion).toBe(0.5);
    expect(reading.probabilities.mass).toBeCloseTo(1 / (1 + Math.exp(-1)));
    expect(reading.opacityMap[5]).toBe(0.5);
    expect(reading.activation).toBeUndefined();
  });

  it('hands on class activation maps where the network has them', async () => {
    const network = fakeNetwork('reader', () => ({
      findings: tensor([1, 16], () => 0),
      opacity: tensor([1, 32, 32, 1], () => 0),
      activation: tensor([1, 32, 32, 16], (i) => i),
    }));
    expect((await createReader(network, {}).read(image)).activation?.[FINDINGS.length]).toBe(16);
  });

  it('turns the anatomist’s logits into region maps and a probability', async () => {
    const network = fakeNetwork('anatomist', () => ({
      regions: tensor([1, 64, 64, 8], (i) => (i % 8 === 4 ? 50 : 0)),
      frontal: tensor([1, 1], () => 0),
    }));
    const anatomy = await createAnatomist(network).locate(image);
    expect(regionMap(anatomy.regions, 'left_upper')[400]).toBeCloseTo(1);
    expect(regionMap(anatomy.regions, 'right_upper')[400]).toBeCloseTo(0);
    expect(anatomy.frontalChest).toBe(0.5);
  });

  it('runs a batch in one call and gives the rows back in order', async () => {
    let calls = 0;
    const network = fakeNetwork('denoiser', ({ latent, time }) => {
      calls += 1;
      return { velocity: tensor(latent!.shape, (i) => (time!.data[Math.floor(i / LATENT_LENGTH)] ?? 0) * 10) };
    });
    const row = (time: number): DenoiserInput => ({
      latent: new Float32Array(LATENT_LENGTH),
      time,
      tokens: new Float32Array(320),
      regions: new Float32Array(10240),
      inpaint: new Float32Array(9216),
      context: new Float32Array(8),
    });
    const rows = await createDenoiser(network).velocities([row(0.5), row(0.25)]);
    expect(calls).toBe(1);
    expect(rows.map((velocity) => velocity[0])).toEqual([5, 2.5]);
  });

  it('refuses an output of another size', async () => {
    const network = fakeNetwork('encoder', () => ({ latent: tensor([1, 2], () => 0) }));
    await expect(createEncoder(network).encode(image)).rejects.toMatchObject({ code: 'network-mismatch' });
  });
});

describe('severity', () => {
  it('is the scaled mean inside the zone, at most 3', () => {
    const zone = new Float32Array(1024);
    zone.fill(1, 0, 512);
    const opacity = new Float32Array(1024).fill(0.25, 0, 512).fill(1, 512);
    expect(severityInside(opacity, zone, 4)).toBe(1);
    expect(severityInside(opacity, zone, 100)).toBe(3);
    expect(severityInside(opacity, new Float32Array(1024), 4)).toBe(0);
    expect(zoneSeverities(opacity, new Float32Array(10240), 4)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('softmax sums to one and survives large logits', () => {
    const rows = softmaxRows(Float32Array.of(1000, 1000, -1000, 0), 2);
    expect([...rows]).toEqual([0.5, 0.5, 0, 1]);
  });
});

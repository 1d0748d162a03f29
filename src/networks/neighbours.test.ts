// @vitest-environment node
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../engine';
import type { Tensor } from '../engine/tensor';
import { parseManifest } from './manifest';
import { createNeighbours } from './neighbours';

const tensor = (shape: readonly number[], ...values: number[]): Tensor => ({ shape, data: Float32Array.from(values) });

/** Two features that are the two dimensions; training images at (3.5, -10) and (0, 0). */
const bank = (): Map<string, Tensor> =>
  new Map([
    ['mean', tensor([2], 1, 1)],
    ['projection', tensor([2, 2], 1, 0, 0, 1)],
    ['scale', tensor([2], 0.5, 2)],
    ['vectors', tensor([2, 1], 0x3f, 0x88)],
  ]);

describe('the nearest training image', () => {
  it('is found by its levels, two a byte', () => {
    const { nearest } = createNeighbours(bank(), 'test');
    expect(nearest(Float32Array.of(4.5, -9))).toBe(0);
    expect(nearest(Float32Array.of(1.5, -5))).toBe(5);
    expect(nearest(Float32Array.of(1, 3))).toBe(2);
  });

  it.each(['mean', 'projection', 'scale', 'vectors'])('is not looked for without %s', (missing) => {
    const tensors = bank();
    tensors.delete(missing);
    expect(() => createNeighbours(tensors, 'neighbours.safetensors')).toThrow(/neighbours\.safetensors does not hold/);
  });

  it('is not looked for where the shapes do not fit', () => {
    expect(() => createNeighbours(bank().set('vectors', tensor([3, 1], 1, 2)), 'test')).toThrow(/does not hold/);
  });
});

const models = join(import.meta.dirname, '../../models');
const { neighbours } = parseManifest(JSON.parse(readFileSync(join(models, 'manifest.json'), 'utf8'))).networks[
  'second-reader'
];
const read = (file: string) => readSafetensors(readFileSync(join(models, 'second-reader', file)), file);

describe('the shipped features of training images', () => {
  it('are there', () => {
    expect(neighbours && existsSync(join(models, 'second-reader', neighbours.file))).toBe(true);
  });

  it('give the distance that Python gave', () => {
    const { nearest } = createNeighbours(read(neighbours?.file ?? ''), 'neighbours');
    const features = read('goldens.safetensors').get('output.features');
    expect(Math.abs(nearest(features?.data ?? new Float32Array()) - (neighbours?.golden ?? 0))).toBeLessThan(1e-3);
  });

  it('are few, rounded and nameless, and within 400 kB', () => {
    expect(neighbours?.bytes).toBeLessThanOrEqual(400_000);
    const tensors = read(neighbours?.file ?? '');
    expect([...tensors.keys()].sort()).toEqual(['mean', 'projection', 'scale', 'vectors']);
    expect(tensors.get('vectors')?.shape).toEqual([neighbours?.images, (tensors.get('scale')?.shape[0] ?? 0) / 2]);
  });
});

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { REGIONS, ZONES, type Zone } from '../findings/vocabulary';
import { LATENT_LENGTH } from '../networks/typed';
import { advisedSampling, resolveSampling, resolveStages, type ResolvedSampling } from './choose';
import type { Edit } from './edit';
import { generate } from './generate';
import { noiseOf } from './noise';
import { planEdit } from './plan';
import { sampleEdit } from './sampleEdit';
import { prepareSource } from './source';
import { inStages } from './stages';
import { editWith, type LooseEdit } from './testing/edits';
import { fakeDenoiser, fakeManifest, fakeNetworks, fakeRadiograph } from './testing/fakes';

vi.setConfig({ testTimeout: 60_000 });

const READ = [0, 0.05, 2, 0.5, 0, 1.5];
const edit = (given: Partial<LooseEdit>): Edit =>
  editWith({ kind: 'add', finding: 'lung_opacity', places: [], severity: 3 }, given);

describe('an edit', () => {
  it.each<[string, Edit]>([
    ['adds only', edit({ places: ['right_upper', 'left_upper'] })],
    ['clears only', edit({ kind: 'remove', places: ['right_lower', 'left_lower'], severity: 0 })],
    [
      'clears a place that is clear, beside adding',
      edit({ places: ['right_upper', 'right_mid'], severities: { right_upper: 3, right_mid: 0 } }),
    ],
  ])('of one direction stays one: %s', (_, asked) => {
    expect(inStages(asked, READ)).toBeUndefined();
  });

  it('that clears a zone and adds in another is two', () => {
    const asked = edit({
      places: ['right_upper', 'right_lower', 'left_lower'],
      severities: { right_upper: 3, right_lower: 0, left_lower: 0 },
    });
    expect(inStages(asked, READ)).toEqual({
      clearing: {
        kind: 'remove',
        finding: 'lung_opacity',
        places: ['right_lower', 'left_lower'],
        severity: 0,
      },
      adding: {
        kind: 'add',
        finding: 'lung_opacity',
        places: ['right_upper'],
        severity: 3,
        severities: { right_upper: 3 },
      },
    });
  });

  it('of several findings clears all that goes before any of them comes', () => {
    const asked = edit({
      kind: 'remove',
      finding: 'cardiomegaly',
      places: ['mediastinum'],
      severity: 0,
      further: [
        { finding: 'lung_opacity', severities: { right_lower: 0, left_upper: 2 } },
        { finding: 'effusion', severities: { left_lower: 2 } },
      ],
    });
    const stages = inStages(asked, READ);
    expect(stages?.clearing).toMatchObject({
      kind: 'remove',
      finding: 'cardiomegaly',
      further: [{ finding: 'lung_opacity', severities: { right_lower: 0 } }],
    });
    expect(stages?.adding).toMatchObject({
      kind: 'add',
      finding: 'lung_opacity',
      severities: { left_upper: 2 },
      further: [{ finding: 'effusion', severities: { left_lower: 2 } }],
    });
  });

  it('has every place in one direction, whatever is asked and read', () => {
    const grade = fc.constantFrom(0, 0.05, 1, 3);
    fc.assert(
      fc.property(
        fc.tuple(grade, grade, grade, grade, grade, grade),
        fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1 }),
        fc.array(grade, { minLength: 6, maxLength: 6 }),
        (zones, places, asked) => {
          const severities = Object.fromEntries(places.map((place, index) => [place, asked[index] ?? 0])) as Partial<
            Record<Zone, number>
          >;
          const stages = inStages(edit({ places, severities }), zones);
          if (stages === undefined) return;
          const { clearing, adding } = stages;
          expect(clearing.places.filter((place) => adding.places.includes(place))).toEqual([]);
          const nowOf = (place: Zone): number => zones[ZONES.indexOf(place)] ?? 0;
          const left = places.filter((place) => !clearing.places.includes(place) && !adding.places.includes(place));
          expect(left.every((place) => nowOf(place) < 0.1 && severities[place] === 0)).toBe(true);
          expect(adding.places.every((place) => (severities[place as Zone] ?? 0) >= nowOf(place as Zone))).toBe(true);
        },
      ),
    );
  });
});

describe('the two directions', () => {
  const MIXED = edit({ places: ['right_lower', 'left_lower'], severities: { right_lower: 0, left_lower: 3 } });
  const SAMPLING: ResolvedSampling = {
    seed: 5,
    steps: 3,
    sampler: 'twin-flow',
    guidance: 3,
    maxTime: 0.9,
    shift: 1,
    averages: 1,
    passes: 1,
    clearing: { steps: 2, sampler: 'twin-flow', guidance: 5, maxTime: 0.9, shift: 1, averages: 1, passes: 1 },
  };

  async function scene() {
    const denoiser = fakeDenoiser();
    const networks = { ...fakeNetworks(), denoiser: () => Promise.resolve(denoiser) };
    const source = await prepareSource(fakeRadiograph(256, 256, 8), networks);
    const plan = planEdit(source, networks, MIXED, true);
    if (plan?.stages === undefined) throw new Error('there are two directions');
    return { denoiser, networks, source, plan, stages: plan.stages };
  }

  it('have their own cells and focus, and the second begins with what is read after the first', async () => {
    const { denoiser, networks, source, plan, stages } = await scene();
    const total = (cells: Float32Array) => cells.reduce((sum, value) => sum + value, 0);
    expect(total(stages.clearing.cells)).toBeGreaterThan(0);
    expect(total(stages.clearing.cells) + total(stages.adding.cells)).toBeGreaterThanOrEqual(total(plan.cells));
    expect(stages.clearing.cells).not.toEqual(stages.adding.cells);
    const steps: string[] = [];
    await sampleEdit(networks, await source.latent(), plan, source, SAMPLING, noiseOf(5, LATENT_LENGTH), {
      onStep: ({ step, steps: of }) => void steps.push(`${String(step)}/${String(of)}`),
    });
    expect(steps).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    // Two worlds, the target's guided: each step asks three rows. Focus is the only region that an edit changes.
    const focusOf = (batch: number): Float32Array =>
      Float32Array.from(
        { length: 1024 },
        (_, cell) => denoiser.batches[batch]?.[0]?.regions[cell * REGIONS.length + REGIONS.indexOf('focus')] ?? 0,
      );
    const regions = new Set(denoiser.batches.map((_, batch) => focusOf(batch).join()));
    expect(regions.size).toBe(2);
  });

  it('clear what one edit of both leaves, and add in full', async () => {
    const { networks, source, plan } = await scene();
    const latent = await source.latent();
    const noise = noiseOf(5, LATENT_LENGTH);
    const { clearing: _, ...single } = SAMPLING;
    const { stages: __, ...together } = plan;
    const one = await sampleEdit(networks, latent, together, source, single, noise, {});
    const two = await sampleEdit(networks, latent, plan, source, SAMPLING, noise, {});
    const change = (e: Float32Array, cells: Float32Array) =>
      cells.reduce((sum, value, cell) => sum + (value > 0 ? (e[cell * 8] ?? 0) - (latent[cell * 8] ?? 0) : 0), 0);
    const { clearing, adding } = plan.stages ?? { clearing: undefined, adding: undefined };
    if (clearing === undefined) throw new Error('there are two directions');
    expect(change(two, clearing.cells)).toBeLessThan(change(one, clearing.cells));
    expect(change(two, adding.cells)).toBeGreaterThan(0);
  });

  it('are sampled as the release advises for their kinds, unless the user set it', () => {
    const advised = {
      ...fakeManifest().sampling,
      kinds: { remove: { steps: 16, guidance: 5, maxTime: 0.95 }, add: { steps: 12, guidance: 3, maxTime: 0.9 } },
    };
    const own = { seed: 1, sampler: 'auto' as const, steps: 12, guidance: 3, maxTime: 0.9 };
    expect(resolveStages(own, 'add', advised, false)).toMatchObject({
      steps: 12,
      guidance: 3,
      clearing: { steps: 16, guidance: 5, maxTime: 0.95 },
    });
    expect(resolveStages({ ...own, steps: 4 }, 'add', advised, false)).toMatchObject({
      steps: 4,
      guidance: 3,
      clearing: { steps: 4, guidance: 5 },
    });
    expect(resolveStages({ ...own, steps: 16, guidance: 5, maxTime: 0.95 }, 'remove', advised, false)).toMatchObject({
      steps: 12,
      guidance: 3,
      clearing: { steps: 16, guidance: 5 },
    });
  });

  it('clear from the healthy twin where opacity goes, the way is left open and the release has one', () => {
    const advised = {
      ...fakeManifest().sampling,
      passes: 2,
      healthyTwin: { steps: 8, guidance: 4, maxTime: 0.8, overshoot: 0.15, undershoot: 0.04 },
      kinds: { remove: { steps: 16, guidance: 5, maxTime: 0.95 } },
    };
    const own = { seed: 1, sampler: 'auto' as const, steps: 8, guidance: 4, maxTime: 0.8 };
    expect(advisedSampling(advised, 'remove')).toEqual({ steps: 8, guidance: 4, maxTime: 0.8 });
    const twin = { steps: 8, guidance: 4, maxTime: 0.8, passes: 1, healthyTwin: true, sampler: 'twin-flow' };
    expect(resolveSampling(own, 'remove', advised, true)).toMatchObject(twin);
    expect(resolveStages({ ...own, ...advisedSampling(advised, 'add') }, 'add', advised, true).clearing).toMatchObject(
      twin,
    );
    expect(resolveSampling({ ...own, steps: 20 }, 'remove', advised, true)).toMatchObject({ ...twin, steps: 20 });
    // What somebody chose stays, also where it is the advice for another way.
    const chosen = { ...own, sampler: 'twin-flow' as const, chosen: ['steps', 'guidance'] as const };
    expect(resolveSampling(chosen, 'remove', advised, true)).toMatchObject({ steps: 8, guidance: 4, maxTime: 0.95 });
    expect(resolveSampling(chosen, 'remove', advised, true)).not.toHaveProperty('chosen');
    expect(resolveStages(chosen, 'remove', advised, true)).toMatchObject({ steps: 8, clearing: { steps: 8 } });
    expect(resolveSampling(own, 'remove', advised, true)).not.toHaveProperty('repeatAbove');
    const repeated = { ...advised, healthyTwin: { ...advised.healthyTwin, steps: 16, passes: 2, repeatAbove: 0.3 } };
    expect(resolveSampling({ ...own, ...advisedSampling(repeated, 'remove') }, 'remove', repeated, true)).toMatchObject(
      { ...twin, steps: 16, passes: 2, repeatAbove: 0.3 },
    );
    expect(resolveSampling(own, 'remove', repeated, false)).not.toHaveProperty('repeatAbove');
    // A pass keeps its steps: of fewer than both have there is one.
    const passes = (steps: number): number =>
      resolveSampling({ ...own, steps, chosen: ['steps'] }, 'remove', repeated, true).passes;
    expect([3, 8, 15, 16, 40].map(passes)).toEqual([1, 1, 1, 2, 2]);
    const plain = { steps: 16, guidance: 5, maxTime: 0.95, passes: 2 };
    for (const resolved of [
      resolveSampling(own, 'remove', advised, false),
      resolveSampling({ ...own, sampler: 'twin-flow' }, 'remove', advised, true),
    ]) {
      expect(resolved).toMatchObject(plain);
      expect(resolved).not.toHaveProperty('healthyTwin');
    }
  });

  it('are in the recipe, and make the same picture again', async () => {
    const { networks, source } = await scene();
    const options = { seed: 5, sampler: 'twin-flow' as const, steps: 3, guidance: 3, maxTime: 0.9 };
    const run = { backend: 'test', allowUncertain: true, clock: () => new Date(0) };
    const made = await generate(source, networks, MIXED, options, run);
    expect(made.recipe.sampling).toMatchObject({ steps: 3, clearing: { steps: 3, sampler: 'twin-flow' } });
    const again = await generate(await prepareSource(source.radiograph, networks), networks, MIXED, options, run);
    expect(again.image.pixels).toEqual(made.image.pixels);
    expect(again.image.id).toBe(made.image.id);
  });
});

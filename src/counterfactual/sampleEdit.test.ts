import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { emptyMask, paintDisc } from '../imaging/mask';
import { LATENT_LENGTH } from '../networks/typed';
import type { ResolvedSampling } from './choose';
import type { Edit } from './edit';
import { softCells } from './latentMask';
import { noiseOf } from './noise';
import { planEdit, type Plan } from './plan';
import { sampleEdit, type SampledPlan } from './sampleEdit';
import { passSteps } from './schedule';
import { prepareSource, type Networks, type Source } from './source';
import { changeOf } from '../findings/change';
import { fakeDenoiser, fakeNetworks, fakeRadiograph } from './testing/fakes';

vi.setConfig({ testTimeout: 60_000 });

const SAMPLING: ResolvedSampling = {
  seed: 5,
  steps: 5,
  sampler: 'twin-flow',
  guidance: 4,
  maxTime: 0.9,
  shift: 1,
  averages: 1,
  passes: 2,
};

interface Scene {
  readonly networks: Networks;
  readonly source: Source;
  readonly plan: Plan;
  readonly denoiser: ReturnType<typeof fakeDenoiser>;
  readonly locate: ReturnType<typeof vi.fn>;
}

async function scene(kind: Edit['kind'], severity: number): Promise<Scene> {
  const denoiser = fakeDenoiser();
  const networks: Networks = { ...fakeNetworks(), denoiser: () => Promise.resolve(denoiser) };
  const radiograph = fakeRadiograph(256, 256, 8);
  const source = await prepareSource(radiograph, networks);
  const mask = paintDisc(emptyMask(256, 256), 64, 140, 40, 255);
  const plan = planEdit(
    source,
    networks,
    { ...changeOf({ kind, finding: 'lung_opacity', places: ['right_mid'], severity }), mask },
    true,
  );
  if (plan === undefined) throw new Error('there is something to ask');
  const anatomist = await networks.anatomist();
  const locate = vi.fn(anatomist.locate.bind(anatomist));
  return {
    networks: { ...networks, anatomist: () => Promise.resolve({ ...anatomist, locate }) },
    source,
    plan,
    denoiser,
    locate,
  };
}

async function sampled(
  at: Scene,
  plan: SampledPlan,
  sampling: ResolvedSampling,
): Promise<{ readonly latent: Float32Array; readonly steps: readonly string[] }> {
  const steps: string[] = [];
  const latent = await sampleEdit(
    at.networks,
    await at.source.latent(),
    plan,
    at.source,
    sampling,
    noiseOf(5, LATENT_LENGTH),
    {
      onStep: ({ step, steps: of }) => void steps.push(`${String(step)}/${String(of)}`),
    },
  );
  return { latent, steps };
}

describe('the steps of an edit', () => {
  it('are shared evenly by its passes, and none is lost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 5 }), (steps, passes) => {
        const shares = passSteps(steps, passes);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(steps);
        expect(shares).toHaveLength(Math.min(steps, passes));
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are counted through, and the image is read again between two passes', async () => {
    const at = await scene('remove', 0);
    const { latent, steps } = await sampled(at, at.plan, SAMPLING);
    expect(steps).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
    expect(at.locate).toHaveBeenCalledTimes(1);
    const once = await sampled(at, at.plan, { ...SAMPLING, passes: 1 });
    expect(at.locate).toHaveBeenCalledTimes(1);
    expect(once.latent).not.toEqual(latent);
  });

  it('end early when nothing is left to ask', async () => {
    const at = await scene('remove', 0);
    const { steps } = await sampled(at, { ...at.plan, restate: () => undefined }, SAMPLING);
    expect(steps).toEqual(['1/5', '2/5']);
  });

  it('are one pass where the plan cannot be stated anew', async () => {
    const at = await scene('remove', 0);
    const { mask, cells, statements } = at.plan;
    const { steps } = await sampled(at, { mask, cells, statements }, SAMPLING);
    expect(steps).toHaveLength(5);
    expect(at.locate).not.toHaveBeenCalled();
  });
});

describe('bounds', () => {
  const BOUNDED: ResolvedSampling = { ...SAMPLING, passes: 1, overshoot: 0.05, undershoot: 0.05 };
  const questions = ({ denoiser }: Scene): number => denoiser.batches.filter((rows) => rows.length === 1).length;

  it.each([
    ['lowered', 'remove', 0],
    ['raised', 'add', 3],
  ] as const)('are asked for, and hold, where opacity is %s', async (_, kind, severity) => {
    const at = await scene(kind, severity);
    const free = await sampled(at, at.plan, { ...SAMPLING, passes: 1 });
    expect(questions(at)).toBe(0);
    const held = await sampled(at, at.plan, BOUNDED);
    expect(questions(at)).toBe(4);
    expect(held.latent).not.toEqual(free.latent);
  });

  it('leave alone where opacity stays', async () => {
    const at = await scene('add', 3);
    const staying = { ...at.plan, statements: { ...at.plan.statements, target: at.plan.statements.source } };
    await sampled(at, staying, BOUNDED);
    expect(questions(at)).toBe(0);
  });
});

describe('an erasure from the healthy twin', () => {
  it('asks for what is left of the way from there, and changes nothing outside its cells and their edge', async () => {
    const at = await scene('remove', 0);
    const network = await at.networks.healthyTwin();
    const more = vi.fn(network.more.bind(network));
    const twin = { ...at, networks: { ...at.networks, healthyTwin: () => Promise.resolve({ more }) } };
    const from = await sampled(twin, twin.plan, { ...SAMPLING, passes: 1, healthyTwin: true });
    expect(more).toHaveBeenCalledOnce();
    const [asked] = more.mock.calls[0] ?? [];
    expect(asked?.opacity).toBe(at.source.reading.opacityMap);
    // Once for the statements of the start, which is a film of its own.
    expect(at.locate).toHaveBeenCalledOnce();
    expect(from.steps.at(-1)).toBe('5/5');
    const z = await at.source.latent();
    const mask = softCells(at.plan.cells);
    expect(from.latent.every((value, index) => value === z[index] || (mask[index >> 3] ?? 0) > 0)).toBe(true);
    const plain = await sampled(at, at.plan, { ...SAMPLING, passes: 1 });
    const brightness = (latent: Float32Array): number =>
      at.plan.cells.reduce((sum, inside, cell) => sum + inside * (latent[cell * 8] ?? 0), 0);
    expect(brightness(from.latent)).toBeLessThan(brightness(z));
    expect(from.latent).not.toEqual(plain.latent);
  });

  it.each([
    ['is made again where too much is left of what was opaque', 0, 2, '5/5'],
    ['is made once where little enough is left', 1, 1, '2/5'],
  ])('%s', async (_, repeatAbove, passes, last) => {
    const at = await scene('remove', 0);
    const network = await at.networks.healthyTwin();
    const more = vi.fn(network.more.bind(network));
    const twin = { ...at, networks: { ...at.networks, healthyTwin: () => Promise.resolve({ more }) } };
    const { steps, latent } = await sampled(twin, twin.plan, { ...SAMPLING, healthyTwin: true, repeatAbove });
    expect(more).toHaveBeenCalledTimes(passes);
    expect(steps.at(-1)).toBe(last);
    // The second begins where the first ended, with what is seen by then.
    const [, second] = more.mock.calls;
    if (passes === 2) {
      expect(second?.[0].opacity).not.toEqual(at.source.reading.opacityMap);
      expect(second?.[0].latent).not.toEqual(await at.source.latent());
    }
    const mask = softCells(at.plan.cells);
    const z = await at.source.latent();
    expect(latent.every((value, index) => value === z[index] || (mask[index >> 3] ?? 0) > 0)).toBe(true);
  });

  it('is the healthy twin itself where nothing is left to ask', async () => {
    const at = await scene('remove', 0);
    const { latent, steps } = await sampled(
      at,
      { ...at.plan, restate: () => undefined },
      { ...SAMPLING, healthyTwin: true },
    );
    expect(steps).toEqual([]);
    const z = await at.source.latent();
    const network = await at.networks.healthyTwin();
    const { anatomy, reading } = at.source;
    const more = await network.more({
      latent: z,
      regions: anatomy.regions,
      mask: softCells(at.plan.cells),
      opacity: reading.opacityMap,
    });
    expect(latent).toEqual(z.map((value, index) => value + (more[index] ?? 0)));
  });
});

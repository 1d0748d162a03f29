import { describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { startEngine } from '../../state/commands/startEngine';
import { FAKE_RELEASE, FAKE_REPORT, fakeAnalysis, fakeFile, fakeReading, fakeStudio } from '../../state/testing/fakes';
import { readEnvironment, type Environment } from './environment';
import { reportSections, reportText } from './report';
import { selfTest } from './selfTest';

const ENVIRONMENT: Environment = {
  browser: 'Test 1.0',
  language: 'en',
  processors: 4,
  memory: 8,
  screen: '1920 × 1080 at 1',
  isolated: true,
  secure: true,
  adapter: { name: 'acme rdna', features: ['shader-f16'], limits: { maxBufferSize: 268_435_456 } },
  storage: { used: 41_000_000, allowed: 2_000_000_000, kept: false },
  offline: 'ready',
};

const SAMPLE = { kind: 'synthetic' as const, file: 'a.png', title: 'Clear lungs', description: '', findings: [] };

describe('the report', () => {
  it('tells device, limits, versions and storage', () => {
    const text = reportText({
      version: '1.2.3',
      environment: ENVIRONMENT,
      engine: { status: 'ready', report: FAKE_REPORT },
      release: FAKE_RELEASE,
      lastEdit: 4200,
      selfTest: undefined,
    });
    for (const said of [
      'Studio: 1.2.3',
      'Networks: 0.1.0, 36.4 MB',
      'wasm, CPU, 4 threads',
      'maxBufferSize: 268,435,456',
      '41.0 MB of 2000.0 MB',
      'Latest edit: 4.20 s',
      'Works without a server: ready',
    ]) {
      expect(text).toContain(said);
    }
  });

  it.each([
    ['simd', 'the studio’s own'],
    ['wgsl', 'the studio’s own'],
    ['tfjs', 'TensorFlow.js'],
  ] as const)('says whose kernels run: %s', (kernels, whose) => {
    const engine = { status: 'ready', report: { ...FAKE_REPORT, kernels } } as const;
    const sections = reportSections({
      version: '1',
      environment: ENVIRONMENT,
      engine,
      release: undefined,
      lastEdit: undefined,
      selfTest: undefined,
    });
    expect(sections.find(({ title }) => title === 'Engine')?.rows).toContainEqual(['Kernels', whose]);
  });

  it('holds nothing of what is open', async () => {
    const studio = fakeStudio({ samples: () => Promise.resolve([SAMPLE]) });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('Doe^Jane 1970.dcm')]);
    const { engine, release, lastEdit } = studio.store.getState();
    const text = reportText({
      version: '1',
      environment: await readEnvironment(),
      engine,
      release,
      lastEdit,
      selfTest: await selfTest(studio.services),
    });
    expect(text).not.toMatch(/Doe|Jane|1970|\.dcm/);
  });

  it('says why the engine does not compute', () => {
    const problem = {
      code: 'weights-missing',
      message: 'reader/weights.safetensors is not on the server.',
      advice: '',
      details: [],
    };
    const sections = reportSections({
      version: '1',
      environment: ENVIRONMENT,
      engine: { status: 'failed', problem },
      release: undefined,
      lastEdit: undefined,
      selfTest: undefined,
    });
    expect(sections.find(({ title }) => title === 'Engine')?.rows).toEqual([
      ['State', 'not computing: [weights-missing] reader/weights.safetensors is not on the server.'],
    ]);
  });
});

describe('the self-test', () => {
  const passed = async (worker: Parameters<typeof fakeStudio>[0]) => {
    const studio = fakeStudio({ samples: () => Promise.resolve([SAMPLE]), ...worker });
    return (await selfTest(studio.services)).checks.filter((check) => check.passed).length;
  };

  it('passes where a sample reads as a chest, in numbers, twice the same', async () => {
    expect(await passed({})).toBe(4);
  });

  it('fails where the numbers differ from one reading to the next, or are none', async () => {
    let calls = 0;
    expect(
      await passed({
        worker: { analyse: () => Promise.resolve(fakeAnalysis({ reading: fakeReading(++calls / 10) })) },
      }),
    ).toBe(3);
    expect(
      await passed({ worker: { analyse: () => Promise.resolve(fakeAnalysis({ reading: fakeReading(Number.NaN) })) } }),
    ).toBe(2);
  });

  it('says what went wrong instead of failing itself', async () => {
    const studio = fakeStudio({
      samples: () => Promise.resolve([SAMPLE]),
      worker: { analyse: () => Promise.reject(new Error('device lost')) },
    });
    expect(await selfTest(studio.services)).toEqual({
      checks: [{ name: 'Reads a chest', passed: false, detail: 'device lost' }],
    });
  });
});

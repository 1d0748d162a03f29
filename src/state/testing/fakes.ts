/** A studio without browser, networks or files, for tests. Every service can be replaced. */

import { vi } from 'vitest';
import type { Counterfactual, Reading } from '../../counterfactual/edit';
import { FINDINGS, PLACES, type Finding } from '../../findings/vocabulary';
import { mayBeMask } from '../../imaging/mask-sniff';
import type { Mask, Radiograph } from '../../imaging/radiograph';
import { SUB_ZONES, TOKENS_LENGTH } from '../../findings/pathology';
import type { PathologyReading } from '../../networks/streams';
import type { RadiographViewport } from '../../viewport/viewport';
import type { Analysis } from '../../counterfactual/analysis';
import type { DeviceReport } from '../../worker/messages';
import type { ModelRelease } from '../release';
import type { CounterfactualWorker, OpenableFile, StudioServices } from '../services';
import { createStudioStore } from '../store';
import type { Studio } from '../studio';
import { MemoryProjectStorage } from './memoryProjectStorage';
import { MemoryRuns } from './memoryRuns';

export function fakeRadiograph(name = 'chest.png', overrides: Partial<Radiograph> = {}): Radiograph {
  const width = 64;
  const height = 80;
  return {
    id: `radiograph ${name}`,
    name,
    format: 'png',
    width,
    height,
    pixels: Uint16Array.from({ length: width * height }, (_, index) => index % 4096),
    bitsStored: 12,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 2048, windowWidth: 4096 },
    synthetic: false,
    notes: [],
    ...overrides,
  };
}

export function fakeReading(probability: number, zoneSeverity: readonly number[] = [0, 0, 0, 0, 0, 0]): Reading {
  const findings = Object.fromEntries(FINDINGS.map((finding) => [finding, probability])) as Record<Finding, number>;
  return { findings, zoneSeverity, opacityMap: new Float32Array(1024) };
}

export function fakeAnalysis(overrides: Partial<Analysis> = {}): Analysis {
  const halves = (place: string) =>
    new Float32Array(1024).map((_, index) => (index % 32 < 16 === place.startsWith('right') ? 1 : 0));
  return {
    reading: fakeReading(0.2),
    zones: Object.fromEntries(PLACES.map((place) => [place, halves(place)])) as Analysis['zones'],
    frontalChest: 0.97,
    ...overrides,
  };
}

/** A result that brightens the upper left corner by one, which is its mask. */
export function fakeCounterfactual(
  source: Radiograph,
  edit: Counterfactual['recipe']['edit'],
  seed: number,
): Counterfactual {
  const mask: Mask = { width: source.width, height: source.height, data: new Uint8Array(source.width * source.height) };
  const pixels = source.pixels.slice();
  for (let index = 0; index < 8; index++) {
    mask.data[index] = 255;
    pixels[index] = (pixels[index] ?? 0) + 1;
  }
  return {
    image: { ...source, id: `result ${String(seed)} of ${source.id}`, pixels, synthetic: true },
    recipe: {
      edit,
      sampling: { seed, steps: 12, guidance: 4, maxTime: 0.9, sampler: 'twin-flow', shift: 1, averages: 1, passes: 1 },
      source: { name: source.name, sha256: 'a'.repeat(64) },
      models: { denoiser: '0.1.0' },
      backend: 'wasm',
      createdAt: '2026-01-01T00:00:00.000Z',
      synthetic: true,
    },
    mask,
    before: fakeReading(0.2),
    after: fakeReading(0.8, [0, 0, 2.5, 0, 0, 0]),
    changedPixels: 8,
    milliseconds: 4200,
  };
}

export const FAKE_REPORT: DeviceReport = {
  backend: 'wasm',
  device: 'CPU, 4 threads',
  calibration: { wasm: 38 },
  notes: [
    {
      kind: 'unusable',
      backend: 'webgpu',
      error: { code: 'backend-unavailable', message: 'WebGPU is not available in this browser.', advice: '' },
    },
  ],
};

export const FAKE_RELEASE: ModelRelease = {
  release: '0.1.0',
  bytes: 36_400_000,
  thresholds: { lung_opacity: 0.4 },
  judgeThresholds: { lung_opacity: 0.5 },
  unreadable: new Set(),
  rulers: {
    localOperatingPoint: 0.3,
    severityScale: 2.75,
    thresholds: { lung_opacity: 0.5 },
    unreadable: new Set(),
    measured: new Set(['lung_opacity']),
    unseen: [],
  },
  auroc: { lung_opacity: 0.92 },
  support: { lung_opacity: 6729, pneumonia: 3703, infiltration: 243, effusion: 155, edema: 82, hernia: 8 },
  sampling: {
    add: { steps: 12, guidance: 4, maxTime: 0.9 },
    remove: { steps: 10, guidance: 5, maxTime: 0.9 },
    grade: { steps: 12, guidance: 4, maxTime: 0.9 },
  },
};

export function fakeViewport(): RadiographViewport {
  return {
    setImage: vi.fn(),
    setComparison: vi.fn(),
    setNames: vi.fn(),
    setMask: vi.fn(),
    setMaskShown: vi.fn(),
    setAreas: vi.fn(),
    setOverlay: vi.fn(),
    setPreview: vi.fn(),
    setSketch: vi.fn(),
    setTool: vi.fn(),
    setView: vi.fn(),
    reset: vi.fn(),
    frame: vi.fn(),
    resize: vi.fn(),
    destroy: vi.fn(),
  };
}

export function fakeFile(name: string): OpenableFile {
  return { name, bytes: () => Promise.resolve(new TextEncoder().encode(name)) };
}

type Overrides = Partial<Omit<StudioServices, 'worker'>> & { readonly worker?: Partial<CounterfactualWorker> };

/** As much of it in every sub-zone of the right lung, nothing in the left. */
export function fakePathologyReading(): PathologyReading {
  const half = SUB_ZONES / 2;
  return {
    tokens: Float32Array.from({ length: TOKENS_LENGTH }, (_, at) => (at < TOKENS_LENGTH / 2 ? 0.5 : 0)),
    opacity: Float32Array.from({ length: SUB_ZONES }, (_, zone) => (zone < half ? 0.8 : 0)),
  };
}

export function fakeStudio({ worker, ...overrides }: Overrides = {}): Studio & { readonly view: RadiographViewport } {
  const view = fakeViewport();
  const services: StudioServices = {
    projects: new MemoryProjectStorage(),
    runs: new MemoryRuns(),
    open: (_, name) => Promise.resolve(fakeRadiograph(name)),
    countFrames: () => Promise.resolve(1),
    frames: () => () => undefined,
    findText: () => Promise.resolve([]),
    mayBeMask: (bytes, name, size) => Promise.resolve(mayBeMask(bytes, name, size)),
    release: () => Promise.resolve(FAKE_RELEASE),
    samples: () => Promise.resolve([]),
    sampleBytes: () => Promise.resolve(new Uint8Array()),
    languageModel: () => Promise.resolve(undefined),
    pickLanguageModel: () => Promise.resolve(undefined),
    archiveOffered: () => Promise.resolve(undefined),
    openArchive: () => Promise.reject(new Error('there is no archive')),
    createViewport: () => view,
    sketches: {
      draw: () => Promise.resolve({ drawn: [], about: false, milliseconds: 1 }),
      know: () => Promise.resolve(undefined),
    },
    pickFiles: () => Promise.resolve([]),
    pickFilms: () => Promise.resolve([]),
    pickFolder: () => Promise.resolve(undefined),
    save: vi.fn(),
    saveInParts: () =>
      Promise.resolve({
        write: () => Promise.resolve(),
        close: () => Promise.resolve(),
        discard: () => Promise.resolve(),
      }),
    copyText: vi.fn(() => Promise.resolve()),
    now: () => performance.now(),
    ...overrides,
    worker: {
      start: () => Promise.resolve(FAKE_REPORT),
      onDeviceChanged: () => () => undefined,
      analyse: () => Promise.resolve(fakeAnalysis()),
      generate: (source, edit, { seed }) => Promise.resolve(fakeCounterfactual(source, edit, seed)),
      search: (source, edit, { seed }) => Promise.resolve(fakeCounterfactual(source, edit, seed)),
      reverse: () => Promise.resolve({ error: 0.012, own: 0.01 }),
      pathology: () => Promise.resolve(fakePathologyReading()),
      ...worker,
    },
  };
  return { store: createStudioStore(), services, viewport: { current: undefined }, view };
}

/** The whole screen in the made-up language: what stays plain English was not taken from the catalogue. */

import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CounterpartError } from '../errors';
import { ENGLISH, speak } from '../messages/language';
import pseudo from '../messages/pseudo';
import { generate, sweep } from '../state/commands/generate';
import { paint } from '../state/commands/mask';
import { openFiles } from '../state/commands/openFiles';
import { choosePlaces, typeText } from '../state/commands/request';
import { loadSamples } from '../state/commands/samples';
import { startEngine } from '../state/commands/startEngine';
import type { Dialog } from '../state/slices/surface';
import { FAKE_REPORT, fakeFile, fakeRadiograph, fakeStudio } from '../state/testing/fakes';
import { App } from './App';
import { plainWords } from './testing/plainWords';
import { renderStudio } from './testing/renderStudio';

const REQUEST = 'severe right lower zone opacity';
/** What the user and the device bring, and examples of the statement language. */
const GIVEN = [
  'chest.png',
  'Normal chest',
  REQUEST,
  // A report is written in the statement language, too.
  'Severe right lower zone opacity.',
  'severe left mid zone opacity',
  'remove left lung opacity',
  'remove right lung opacity',
  'moderate opacity',
  'xyzzy',
  'severe opacity in left upper zone and mediastinum',
  'CPU, 4 threads',
  'WebGPU',
  'WebAssembly',
  'wasm',
  'MONOCHROME1',
  'Alt',
  '⌘',
];

/** Panels that are fetched when they are first opened. */
const PATIENT = { timeout: 60_000 };

const SAMPLE = { kind: 'synthetic' as const, file: 'a.png', title: 'Normal chest', description: '', findings: [] };

class TornError extends CounterpartError {
  readonly code = 'torn';
}

async function withRadiograph() {
  const studio = fakeStudio({
    samples: () => Promise.resolve([SAMPLE]),
    // What the engine says of the device is its own, and in English.
    worker: { start: () => Promise.resolve({ ...FAKE_REPORT, notes: [] }) },
  });
  await loadSamples(studio);
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  return studio;
}

const plain = () => plainWords(GIVEN);

beforeEach(() => {
  speak(pseudo);
});
afterEach(() => {
  speak(ENGLISH);
});

describe('in the made-up language', () => {
  it('speaks before anything is open, while the networks are made ready, and where they cannot be', async () => {
    const studio = fakeStudio({ samples: () => Promise.resolve([SAMPLE]) });
    await loadSamples(studio);
    renderStudio(<App />, studio);
    expect(screen.getAllByText(/Đŕöþ å çĥéšţ/)).toHaveLength(1);
    expect(plain()).toEqual([]);
    act(() => {
      studio.store.getState().setEngine({
        status: 'failed',
        problem: { code: 'torn', message: 'The weights are torn.', advice: 'Mend them.', details: [] },
      });
    });
    expect(plain()).toEqual([]);
  });

  it('speaks of the request, with every tool, and of the masks', async () => {
    const studio = await withRadiograph();
    typeText(studio, REQUEST);
    renderStudio(<App />, studio);
    expect(plain()).toEqual([]);
    const { setTool, setMasksPanelOpen } = studio.store.getState();
    const { width, height } = fakeRadiograph();
    act(() => {
      setMasksPanelOpen(true);
      paint(studio, 'radiograph chest.png', { width, height, data: new Uint8Array(width * height).fill(255, 0, 9) });
    });
    await screen.findByRole('button', { name: /Çļöšé ɱåšķš/ }, PATIENT);
    for (const tool of ['eraser', 'lasso', 'polygon', 'ellipse', 'box', 'window', 'pan', 'zoom'] as const) {
      act(() => {
        setTool(tool);
      });
      expect(plain(), tool).toEqual([]);
    }
    act(() => {
      choosePlaces(studio, ['mediastinum', 'left_upper']);
    });
    expect(plain()).toEqual([]);
    act(() => {
      typeText(studio, 'xyzzy');
    });
    expect(plain()).toEqual([]);
  });

  it('speaks of results and candidates', async () => {
    const studio = await withRadiograph();
    typeText(studio, REQUEST);
    await generate(studio);
    renderStudio(<App />, studio);
    expect(plain()).toEqual([]);
    await act(() => sweep(studio));
    act(() => {
      studio.store.getState().setComparison('blink');
    });
    expect(plain()).toEqual([]);
  });

  it('speaks in every dialog', async () => {
    const studio = await withRadiograph();
    renderStudio(<App />, studio);
    for (const dialog of [
      'palette',
      'shortcuts',
      'projects',
      'swap',
      'matrix',
      'report',
      'diagnostics',
      'tour',
    ] satisfies Dialog[]) {
      act(() => {
        studio.store.getState().setDialog(dialog);
      });
      await screen.findByRole('dialog', {}, PATIENT);
      expect(
        plain().filter((text) => text !== navigator.userAgent && text !== navigator.language),
        dialog,
      ).toEqual([]);
      act(() => {
        studio.store.getState().setDialog(undefined);
      });
    }
  });

  it('tells errors by their code, their names and advice too', async () => {
    const studio = fakeStudio({ open: (_, name) => Promise.reject(new TornError(`${name} is torn.`, 'Mend it.')) });
    renderStudio(<App />, studio);
    await act(() => openFiles(studio, [fakeFile('chest.png')]));
    expect(screen.getByRole('alert').textContent).toContain('îš ţöŕñ');
    expect(plain()).toEqual([]);
  });
});

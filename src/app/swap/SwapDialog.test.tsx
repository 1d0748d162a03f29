import { act, cleanup, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { TOKENS_PATTERN } from '../../findings/pathology';
import { ANATOMY_CLASSES } from '../../findings/regions';
import { smoothProbabilities } from '../../counterfactual/sketch/testing/chests';
import type { Radiograph } from '../../imaging/radiograph';
import type { Finding } from '../../findings/vocabulary';
import { openFiles } from '../../state/commands/openFiles';
import { loadSamples } from '../../state/commands/samples';
import { startEngine } from '../../state/commands/startEngine';
import { currentDocument } from '../../state/slices/documents';
import {
  fakeAnalysis,
  fakeCounterfactual,
  fakeFile,
  fakeRadiograph,
  fakeReading,
  fakeStudio,
} from '../../state/testing/fakes';
import { SketchControls } from '../request/sketch/SketchControls';
import { renderStudio } from '../testing/renderStudio';
import MatrixDialog from './MatrixDialog';
import SwapDialog from './SwapDialog';

const SAMPLE = {
  kind: 'synthetic' as const,
  file: 'sick.png',
  title: 'Left lung opacity',
  description: '',
  findings: ['lung_opacity'],
};

/** No two films are alike, but those of one name. */
function filmOf(name: string): Radiograph {
  const film = fakeRadiograph(name);
  return {
    ...film,
    pixels: film.pixels.map((value) => value + (name.length % 7)),
    paediatric: name.startsWith('child'),
  };
}

const OTHER = { ...SAMPLE, file: 'other.png', title: 'Right lung opacity' };

async function swap(
  dialog: 'swap' | 'matrix',
  donor: Readonly<Partial<Record<Finding, number>>> = {},
  probabilities?: Float32Array,
  patient = 'patient.png',
  mirrored = false,
) {
  const studio = fakeStudio({
    samples: () => Promise.resolve([SAMPLE, OTHER]),
    open: (_bytes, name) => Promise.resolve(filmOf(name)),
    worker: {
      analyse: ({ name }) => {
        const reading = fakeReading(0.2, name === SAMPLE.title ? [0, 0, 0, 0, 1.2, 2.4] : [2, 0, 0, 0, 0, 0]);
        return Promise.resolve(
          fakeAnalysis({
            ...(probabilities && { probabilities }),
            ...(mirrored && name === SAMPLE.title && { mirrored: true as const }),
            reading: {
              ...reading,
              ...(probabilities && { opacityMap: new Float32Array(1024).fill(1) }),
              findings: { ...reading.findings, ...(name === SAMPLE.title ? donor : {}) },
            },
          }),
        );
      },
      generate: (source, edit, { seed }) => {
        const made = fakeCounterfactual(source, edit, seed);
        return Promise.resolve({ ...made, image: { ...made.image, pixels: source.pixels.map((value) => value / 2) } });
      },
    },
  });
  await startEngine(studio);
  await loadSamples(studio);
  await openFiles(studio, [fakeFile(patient)]);
  act(() => {
    studio.store.getState().setDialog(dialog);
  });
  const { user } = renderStudio(dialog === 'swap' ? <SwapDialog /> : <MatrixDialog />, studio);
  return { studio, user, request: () => currentDocument(studio.store.getState())?.request };
}

describe('swapping pathology', () => {
  it('takes a donor’s opacities, zone by zone, into an ordinary request', async () => {
    const { user, request, studio } = await swap('swap');
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    expect(await screen.findByText(/^Request: severity 2.4 left lower zone opacity/)).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: /Left mid/ }));
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()).toMatchObject({ finding: 'lung_opacity', severities: { right_upper: 0, left_lower: 2.4 } });
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('says of a donor that may be mirrored that its findings may come on the wrong side, and of another nothing', async () => {
    const { user } = await swap('swap', {}, undefined, 'patient.png', true);
    await user.click(screen.getByRole('button', { name: 'Right lung opacity' }));
    await screen.findByText(/^Request: /);
    expect(screen.queryByText(/mirrored/)).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    expect(await screen.findByText(/may be mirrored.*wrong side/)).toBeTruthy();
  });

  it('keeps the patient’s own opacities when asked to', async () => {
    const { user, request } = await swap('swap');
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await user.click(await screen.findByRole('switch', { name: /Clear this patient’s own/ }));
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()?.severities).toEqual({ left_mid: 1.2, left_lower: 2.4 });
  });

  it('lets several findings travel in one edit, each of which can stay behind', async () => {
    const { user, request } = await swap('swap', { cardiomegaly: 0.9, effusion: 0.6, pneumonia: 0.8 });
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    const ticked = (await screen.findAllByRole('checkbox', { checked: true })).length;
    // Opacity in two zones, cardiomegaly and effusion; pneumonia is another name for the opacity.
    expect(ticked).toBe(5);
    await user.click(screen.getByRole('checkbox', { name: /Effusion/ }));
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()).toMatchObject({
      finding: 'lung_opacity',
      further: [{ finding: 'cardiomegaly', severities: { mediastinum: 1.8 } }],
    });
  });

  it('asks on which side a pneumothorax shall be that was read without one, and says that it is the right unless chosen', async () => {
    const { user, request } = await swap('swap', { pneumothorax: 0.8 });
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    const sides = within(await screen.findByRole('group', { name: 'Side of the pneumothorax' }));
    expect(sides.getByRole<HTMLInputElement>('radio', { name: 'Right' }).checked).toBe(true);
    expect(screen.getByText(/usual place: right upper zone/)).toBeTruthy();
    await user.click(sides.getByRole('radio', { name: 'Left' }));
    expect(screen.getByText(/^Request: .*left upper zone pneumothorax/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()?.further).toEqual([{ finding: 'pneumothorax', severities: { left_upper: 1.6 } }]);
  });

  it('asks for no side of a pneumothorax that stays behind', async () => {
    const { user } = await swap('swap', { pneumothorax: 0.8 });
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await user.click(await screen.findByRole('checkbox', { name: /Pneumothorax/ }));
    expect(screen.queryByRole('group', { name: 'Side of the pneumothorax' })).toBeNull();
  });

  it('brings the donor’s own opacity, unless that is switched off', async () => {
    const { user, request, studio } = await swap('swap', {}, smoothProbabilities());
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await screen.findByRole('switch', { name: /The donor’s own opacity, in place/ });
    for (const [view, about] of [
      ['What travels', /this is drawn in this patient/],
      ['Without it', /This anatomy stays behind/],
      ['Film', /^The donor’s film/],
    ] as const) {
      await user.click(screen.getByRole('radio', { name: view }));
      expect(screen.getByText(about)).toBeTruthy();
    }
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()?.sketch?.pathology?.tokens).toMatch(TOKENS_PATTERN);
    act(() => {
      studio.store.getState().setDialog('swap');
    });
    await user.click(screen.getByRole('switch', { name: /The donor’s own opacity, in place/ }));
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    expect(request()?.sketch).toBeUndefined();
  });

  it('says in the request that it is the donor’s, which can go again', async () => {
    const { user, request, studio } = await swap('swap', {}, smoothProbabilities());
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await screen.findByRole('switch', { name: /The donor’s own opacity, in place/ });
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    cleanup();
    renderStudio(<SketchControls />, studio);
    await user.click(screen.getByRole('button', { name: 'Draw it without the donor' }));
    expect(request()?.sketch).toBeUndefined();
    expect(request()?.severities).toMatchObject({ left_lower: 2.4 });
    expect(screen.queryByText(/It is the donor’s/)).toBeNull();
  });

  it('mixes in a second donor, and asks for as much as is wanted', async () => {
    const { user, request } = await swap('swap', {}, smoothProbabilities());
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await screen.findByRole('switch', { name: /The donor’s own opacity, in place/ });
    await user.click(screen.getByRole('switch', { name: 'Mix in a second donor' }));
    expect(screen.getByText('Choose the second donor on the left.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Use as request' }).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: OTHER.title }));
    await screen.findByRole('slider', { name: 'Share of the second donor' });
    screen.getByRole('slider', { name: 'How much of it' }).focus();
    await user.keyboard('{End}');
    await user.click(screen.getByRole('button', { name: 'Use as request' }));
    // Half of 2.4 on the left and half of 2 on the right, half as much again.
    expect(request()?.severities).toMatchObject({ left_lower: 1.8, right_upper: 1.5 });
    expect(request()?.sketch?.pathology?.tokens).toMatch(TOKENS_PATTERN);
  });

  it('has no use for the film itself, and says so', async () => {
    const { user } = await swap('swap', {}, smoothProbabilities(), SAMPLE.file);
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    expect(await screen.findByText(/the film that is on the screen/)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Use as request' }).disabled).toBe(true);
  });

  it('says what does not fit: lungs that were not found, a child and an adult', async () => {
    const { user } = await swap('swap', {}, undefined, 'child.png');
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    expect(await screen.findByText(/could not be told from its anatomy/)).toBeTruthy();
    expect(screen.getByText(/The donor is an adult, this patient a child/)).toBeTruthy();
  });

  it('says of which donor the lungs do not lie as in an upright film', async () => {
    const { user } = await swap('swap', {}, withoutLeftLung(smoothProbabilities()));
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    expect(
      await screen.findByText(/^Left lung opacity does not look like .*: the left lung was not found/),
    ).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Use as request' }).disabled).toBe(false);
  });

  it('says what travels and what does not', async () => {
    await swap('swap');
    expect(screen.getByText(/Fine texture stays behind/)).toBeTruthy();
  });
});

/** Background where the left lung was. */
function withoutLeftLung(probabilities: Float32Array): Float32Array {
  return probabilities.map((value, at) => {
    const cell = Math.floor(at / ANATOMY_CLASSES) * ANATOMY_CLASSES;
    const lost = [4, 5, 6].reduce((sum, zone) => sum + (probabilities[cell + zone] ?? 0), 0);
    const kind = at - cell;
    return kind === 0 ? value + lost : kind >= 4 && kind <= 6 ? 0 : value;
  });
}

describe('the swap matrix', () => {
  it('leaves a film with its own findings as it is, and makes nothing for it', async () => {
    const { user, studio } = await swap('matrix', {}, undefined, SAMPLE.file);
    await user.click(screen.getByRole('checkbox', { name: /sick\.png/ }));
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    const grid = within(await screen.findByRole('table'));
    expect(await grid.findByText('The film itself, as it is')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: OTHER.title }));
    await grid.findByText('Not made yet');
    await user.click(screen.getByRole('button', { name: 'Make the cells' }));
    await grid.findByRole('button', { name: /sick\.png with Right lung opacity/ });
    expect(currentDocument(studio.store.getState())?.versions.length).toBe(1);
  });

  it('makes a version of each patient with each donor, and counts the zones that came out', async () => {
    const { user, studio } = await swap('matrix');
    await user.click(screen.getByRole('checkbox', { name: /patient\.png/ }));
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    const grid = within(await screen.findByRole('table'));
    expect(grid.getByText('Not made yet')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Make the cells' }));
    expect(
      await grid.findByRole('button', { name: /patient\.png with Left lung opacity: \d of 6 zones as asked/ }),
    ).toBeTruthy();
    expect(currentDocument(studio.store.getState())?.versions.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^From Left lung opacity: /),
    ]);
    expect(screen.getByText('Every cell is made.')).toBeTruthy();
  });

  it('is saved as one picture that names its rows and columns and says what it is, once no cell is missing', async () => {
    const written: string[] = [];
    vi.stubGlobal(
      'ImageData',
      class {
        constructor(
          readonly data: Uint8ClampedArray,
          readonly width: number,
          readonly height: number,
        ) {}
      },
    );
    vi.stubGlobal('OffscreenCanvas', paperThatKeeps(written));
    const { user, studio } = await swap('matrix');
    await user.click(screen.getByRole('checkbox', { name: /patient\.png/ }));
    await user.click(screen.getByRole('button', { name: 'Left lung opacity' }));
    await screen.findByRole('table');
    const save = screen.getByRole('button', { name: 'Save as PNG' });
    expect(save.matches(':disabled')).toBe(true);
    expect(screen.getByText('1 cell is not made yet.').id).toBe(save.getAttribute('aria-describedby'));
    await user.click(screen.getByRole('button', { name: 'Make the cells' }));
    await screen.findByText('Every cell is made.');
    expect(studio.services.save).not.toHaveBeenCalled();
    await user.click(save);
    await vi.waitFor(() => {
      expect(studio.services.save).toHaveBeenCalledWith(
        expect.any(Uint8Array),
        expect.stringMatching(/^radiograph-[0-9a-f]{8}-swap-matrix-1x1\.png$/),
        'image/png',
      );
    });
    expect(written).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^radiograph-[0-9a-f]{8}$/),
        'Donor 1',
        'Opacity',
        'Synthetic',
        expect.stringContaining('not for diagnosis'),
        expect.stringMatching(/of 6 zones as asked/),
      ]),
    );
    vi.unstubAllGlobals();
  });
});

/** A canvas that keeps the words written on it. */
function paperThatKeeps(written: string[]) {
  return class {
    getContext() {
      return {
        fillRect: () => undefined,
        strokeRect: () => undefined,
        putImageData: () => undefined,
        drawImage: () => undefined,
        measureText: () => ({ width: 1 }),
        fillText: (words: string) => {
          written.push(words);
        },
      };
    }
    convertToBlob() {
      return Promise.resolve({ arrayBuffer: () => Promise.resolve(Uint8Array.of(1).buffer) });
    }
  };
}

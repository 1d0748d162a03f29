import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { CounterpartError } from '../errors';
import { generate } from '../state/commands/generate';
import { paint } from '../state/commands/mask';
import { openFiles } from '../state/commands/openFiles';
import { loadSamples } from '../state/commands/samples';
import { typeText } from '../state/commands/request';
import { startEngine } from '../state/commands/startEngine';
import { fakeCounterfactual, fakeFile, fakeRadiograph, fakeStudio } from '../state/testing/fakes';
import { App } from './App';
import { renderStudio } from './testing/renderStudio';
import { tabTitle } from './useTabTitle';

class ColourError extends CounterpartError {
  readonly code = 'colour-image';
}

describe('the studio', () => {
  it('begins with a place to drop files, the samples, and what it is not', async () => {
    const studio = fakeStudio({
      samples: () =>
        Promise.resolve([
          { kind: 'synthetic' as const, file: 'a.png', title: 'Normal chest', description: '', findings: [] },
        ]),
    });
    await loadSamples(studio);
    renderStudio(<App />, studio);
    expect(screen.getByRole('heading', { name: 'Drop a chest radiograph here' })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /Normal chest/ })).toHaveLength(1);
    expect(screen.getByText('Research use only, not a medical device')).toBeTruthy();
  });

  it('says so when there are no samples', async () => {
    const studio = fakeStudio();
    await loadSamples(studio);
    renderStudio(<App />, studio);
    expect(screen.getByText(/comes without samples/)).toBeTruthy();
  });

  it('opens what is chosen and what is dropped', async () => {
    const studio = fakeStudio({ pickFiles: () => Promise.resolve([fakeFile('chosen.png')]) });
    const { user } = renderStudio(<App />, studio);
    await user.click(screen.getByRole('button', { name: 'Open radiographs' }));
    expect((await screen.findAllByText('chosen.png')).length).toBeGreaterThan(0);
    // jsdom's File has no arrayBuffer.
    const file = { name: 'dropped.dcm', arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) };
    fireEvent.drop(window, { dataTransfer: { types: ['Files'], files: [file] } });
    await waitFor(() => {
      expect(screen.getAllByText('dropped.dcm').length).toBeGreaterThan(0);
    });
  });

  it('names the file that fails with its reason and advice, and lets the details be copied', async () => {
    const copyText = vi.fn(() => Promise.resolve());
    const studio = fakeStudio({
      copyText,
      open: (_, name) =>
        Promise.reject(new ColourError(`${name} is a colour picture.`, 'Choose a greyscale radiograph.')),
    });
    const { user } = renderStudio(<App />, studio);
    await act(() => openFiles(studio, [fakeFile('holiday.jpg')]));
    const message = screen.getByRole('alert');
    expect(message.textContent).toContain('holiday.jpg is a colour picture.');
    expect(message.textContent).toContain('Choose a greyscale radiograph.');
    await user.click(within(message).getByRole('button', { name: 'Copy details' }));
    expect(copyText).toHaveBeenCalledWith(expect.stringContaining('[colour-image] holiday.jpg'));
    await user.click(within(message).getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('hands image, mask, tool and comparison to the viewer', async () => {
    const studio = fakeStudio();
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    const { user } = renderStudio(<App />, studio);
    const { view } = studio;
    expect(view.setImage).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'chest.png' }), undefined);
    const { width, height } = fakeRadiograph();
    const mask = { width, height, data: new Uint8Array(width * height).fill(255) };
    act(() => {
      paint(studio, 'radiograph chest.png', mask);
    });
    expect(view.setMask).toHaveBeenLastCalledWith(mask);
    await user.click(screen.getByRole('button', { name: 'Polygon mask' }));
    expect(view.setTool).toHaveBeenLastCalledWith('polygon', expect.any(Number), expect.anything());
    typeText(studio, 'severe right lower zone opacity');
    await act(() => generate(studio));
    expect(view.setImage).toHaveBeenLastCalledWith(
      expect.objectContaining({ synthetic: false }),
      expect.objectContaining({ synthetic: true }),
    );
    await user.click(screen.getByRole('radio', { name: 'Difference' }));
    expect(view.setComparison).toHaveBeenLastCalledWith({ mode: 'difference' });
  });

  it('shows a version and its source again from the tree', async () => {
    const studio = fakeStudio();
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    const { user } = renderStudio(<App />, studio);
    const version = screen.getByRole('treeitem', { name: /severe right lower zone opacity/i });
    expect(version.getAttribute('aria-selected')).toBe('true');
    await user.click(screen.getByRole('treeitem', { name: /^chest\.png/ }));
    expect(version.getAttribute('aria-selected')).toBe('false');
    await user.click(version);
    expect(version.getAttribute('aria-selected')).toBe('true');
  });

  it('tells in the tab what is open and how far a counterfactual is', async () => {
    const seen: string[] = [];
    const studio = fakeStudio({
      worker: {
        generate: (source, edit, { seed }, { onProgress }) => {
          onProgress({ stage: 'sample', fraction: 0.5 });
          seen.push(tabTitle(studio.store.getState()));
          return Promise.resolve(fakeCounterfactual(source, edit, seed));
        },
      },
    });
    renderStudio(<App />, studio);
    expect(document.title).toBe('Counterpart');
    await act(() => startEngine(studio));
    await act(() => openFiles(studio, [fakeFile('chest.png')]));
    expect(document.title).toBe('chest.png – Counterpart');
    act(() => {
      typeText(studio, 'severe right lower zone opacity');
    });
    await act(() => generate(studio));
    expect(seen).toEqual(['50 % · chest.png – Counterpart']);
    expect(document.title).toBe('chest.png – Counterpart');
  });

  it('tells what it runs on, with the reasons', async () => {
    const studio = fakeStudio();
    await startEngine(studio);
    const { user } = renderStudio(<App />, studio);
    await user.click(screen.getByTestId('adapter-badge'));
    const facts = await screen.findByRole('dialog', { name: 'What this runs on' });
    expect(facts.textContent).toContain('WebAssembly (CPU)');
    expect(facts.textContent).toContain('38.0 ms');
    expect(facts.textContent).toContain('WebGPU is not available in this browser.');
  });
});

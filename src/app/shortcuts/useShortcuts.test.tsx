import { fireEvent } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { generate } from '../../state/commands/generate';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { ACTIONS } from '../actions';
import { useStudio } from '../StudioContext';
import { renderStudio } from '../testing/renderStudio';
import { useShortcuts } from './useShortcuts';

function Keyboard() {
  useShortcuts(useStudio(), ACTIONS);
  return <input aria-label="words" />;
}

async function openStudio() {
  const studio = fakeStudio();
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  renderStudio(<Keyboard />, studio);
  return studio;
}

describe('the keyboard', () => {
  it('chooses a tool by its letter', async () => {
    const { store } = await openStudio();
    fireEvent.keyDown(window, { key: 'p' });
    expect(store.getState().tool).toBe('polygon');
  });

  it('leaves letters to a text field, but not the palette', async () => {
    const { store } = await openStudio();
    const field = document.querySelector('input');
    if (field === null) throw new Error('there is a field');
    fireEvent.keyDown(field, { key: 'p' });
    expect(store.getState().tool).toBe('brush');
    fireEvent.keyDown(field, { key: 'k', ctrlKey: true });
    expect(store.getState().dialog).toBe('palette');
  });

  it('lets Escape close what lies on top before it stops a generation', async () => {
    const { store } = await openStudio();
    store.getState().setGeneration({
      status: 'running',
      jobId: 'job',
      kind: 'single',
      documentId: store.getState().currentId ?? '',
      label: '',
      steps: 4,
      part: 0,
      parts: 1,
      stage: 'sample',
      fraction: 0,
      preview: undefined,
      within: undefined,
      trial: undefined,
      stageStartedAt: 0,
      stageElapsed: 0,
      partMilliseconds: undefined,
      heldAt: undefined,
      cancelling: false,
    });
    const above = document.createElement('div');
    above.setAttribute('role', 'dialog');
    above.dataset['state'] = 'open';
    document.body.append(above);
    // What takes a key prevents what else it would do.
    expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(true);
    above.remove();
    expect(fireEvent.keyDown(document.body, { key: 'Escape' })).toBe(false);
  });

  it('does without single keys when they are turned off', async () => {
    const { store } = await openStudio();
    store.getState().setSingleKeys(false);
    fireEvent.keyDown(window, { key: 'p' });
    expect(store.getState().tool).toBe('brush');
  });

  it('blinks as long as the key is held', async () => {
    const studio = await openStudio();
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    fireEvent.keyDown(window, { key: 'x' });
    expect(studio.store.getState().blinking).toBe(true);
    fireEvent.keyUp(window, { key: 'x' });
    expect(studio.store.getState().blinking).toBe(false);
  });

  it('lets go of a held key when the window loses the focus', async () => {
    const studio = await openStudio();
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    fireEvent.keyDown(window, { key: 'x' });
    fireEvent.blur(window);
    expect(studio.store.getState().blinking).toBe(false);
  });

  it('does nothing that cannot be done now', async () => {
    const { store } = await openStudio();
    fireEvent.keyDown(window, { key: '3' });
    expect(store.getState().comparison).toBe('source');
  });
});

import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { emptyMask, encodeMaskPng, paintDisc } from '../../imaging/mask';
import { openDropped } from '../../state/commands/openDropped';
import { currentDocument } from '../../state/slices/documents';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import MaskQuestion from './MaskQuestion';

/** A black and white picture of the size of the fakes' radiographs, dropped beside one. */
async function asked() {
  const studio = fakeStudio();
  await openDropped(studio, [fakeFile('chest.png')]);
  const bytes = encodeMaskPng(paintDisc(emptyMask(64, 80), 30, 30, 9, 255));
  await openDropped(studio, [{ name: 'outline.png', bytes: () => Promise.resolve(bytes) }]);
  return {
    ...renderStudio(<MaskQuestion />, studio),
    opened: () => studio.store.getState().documents.map(({ radiograph }) => radiograph.name),
    masks: () => currentDocument(studio.store.getState())?.masks.map(({ name }) => name) ?? [],
  };
}

describe('the question what a black and white picture is', () => {
  it('names the file, and takes it as a mask', async () => {
    const { user, opened, masks } = await asked();
    expect(screen.getByRole('alertdialog').textContent).toContain('outline.png');
    await user.click(screen.getByRole('button', { name: 'Use as mask' }));
    await waitFor(() => {
      expect(masks()).toContain('outline');
    });
    expect(opened()).toEqual(['chest.png']);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('opens it as a radiograph', async () => {
    const { user, opened } = await asked();
    await user.click(screen.getByRole('button', { name: 'Open as radiograph' }));
    await waitFor(() => {
      expect(opened()).toEqual(['chest.png', 'outline.png']);
    });
  });

  it('does neither on Escape', async () => {
    const { user, opened, masks } = await asked();
    await user.keyboard('{Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('alertdialog')).toBeNull();
    });
    expect(opened()).toEqual(['chest.png']);
    expect(masks()).not.toContain('outline');
  });
});

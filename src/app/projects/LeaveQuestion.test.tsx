import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { startProject } from '../../state/commands/projects';
import { StorageFullError } from '../../record/project/errors';
import { saveProject } from '../../state/project/saveProject';
import { openPage, work } from '../../state/testing/page';
import { renderStudio } from '../testing/renderStudio';
import { guardUnload } from './guardUnload';
import { LeaveQuestion } from './LeaveQuestion';

async function fullDisk() {
  const save = vi.fn();
  const page = await openPage(undefined, { save });
  page.storage.failure = new StorageFullError('');
  await work(page);
  await saveProject(page.studio);
  return { page, save };
}

describe('leaving what could not be saved', () => {
  it('says why, hands out a file, and leaves only when told to', async () => {
    const { page, save } = await fullDisk();
    const { user } = renderStudio(<LeaveQuestion />, page.studio);
    const leaving = startProject(page.studio);
    await screen.findByText(/no room left/);
    await user.click(screen.getByRole('button', { name: 'Save it as a file' }));
    await waitFor(() => {
      expect(save).toHaveBeenCalledOnce();
    });
    await user.click(screen.getByRole('button', { name: 'Stay' }));
    await leaving;
    expect(page.state().documents).toHaveLength(1);
    const again = startProject(page.studio);
    await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
    await again;
    expect(page.state().documents).toEqual([]);
  });

  it('is asked by the browser too, while a save has failed and only then', async () => {
    const { page } = await fullDisk();
    const target = new EventTarget();
    guardUnload(page.studio, target);
    const leaves = () => target.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leaves()).toBe(false);
    page.storage.failure = undefined;
    await saveProject(page.studio);
    expect(leaves()).toBe(true);
  });
});

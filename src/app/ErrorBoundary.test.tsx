import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveProject } from '../state/project/saveProject';
import { openPage, work } from '../state/testing/page';
import { ErrorBoundary } from './ErrorBoundary';
import { useStudioState } from './StudioContext';
import { renderStudio } from './testing/renderStudio';

/** Cannot be drawn while a radiograph is open. */
function Fragile() {
  const open = useStudioState((state) => state.documents.length);
  if (open > 0) throw new Error('no window to draw');
  return <p>Open a radiograph</p>;
}

async function stopped() {
  const save = vi.fn();
  const page = await openPage(undefined, { save });
  await work(page);
  await saveProject(page.studio);
  const { user } = renderStudio(
    <ErrorBoundary>
      <Fragile />
    </ErrorBoundary>,
    page.studio,
  );
  return { page, save, user };
}

describe('a screen that cannot be drawn', () => {
  // React tells of every error that a boundary takes.
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('hands out a copy and starts without the project, which stays as it was saved', async () => {
    const { page, save, user } = await stopped();
    const { id } = page.state().project;
    expect(screen.getByRole('alert').textContent).toContain('The studio has stopped');
    await user.click(screen.getByRole('button', { name: 'Save a copy' }));
    await screen.findByText('The copy is among your downloads.');
    expect(save).toHaveBeenCalledOnce();
    await user.click(screen.getByRole('button', { name: 'Start without this project' }));
    await screen.findByText('Open a radiograph');
    expect(page.disk.projects.get(id)?.summary.versions).toBe(1);
  });

  it('hands out what is kept when what is open cannot be packed', async () => {
    const { page, save, user } = await stopped();
    page.state().updateCurrent('history', (open) => ({ ...open, history: undefined as never }));
    await user.click(screen.getByRole('button', { name: 'Save a copy' }));
    await screen.findByText('The copy is among your downloads.');
    expect(save).toHaveBeenCalledOnce();
  });
});

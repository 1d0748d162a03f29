import { describe, expect, it } from 'vitest';
import { setSeverity } from '../commands/request';
import { openPage, work } from '../testing/page';
import { hasUnsaved, saveProject } from './saveProject';

describe('saving', () => {
  it('goes on after a save that could not even begin', async () => {
    const { studio, state, storage, document } = await openPage();
    await work({ studio });
    await saveProject(studio);
    const { writes } = storage;
    const { history } = document();
    const broken = { kind: 'mask', label: 'Mask', delta: {} } as unknown as (typeof history.past)[number];
    state().updateDocument(document().id, 'history', (open) => ({ ...open, history: { past: [broken], future: [] } }));
    expect((await saveProject(studio)).status).toBe('failed');
    expect([state().saveState.status, hasUnsaved(studio), state().notices.length]).toEqual(['failed', true, 1]);
    state().updateDocument(document().id, 'history', (open) => ({ ...open, history }));
    setSeverity(studio, 1.25);
    expect((await saveProject(studio)).status).toBe('saved');
    expect([storage.writes, state().saveState.status, hasUnsaved(studio)]).toEqual([writes + 1, 'saved', false]);
  });

  it('is done when the project is stored, even where the list of projects cannot be read', async () => {
    const { studio, storage, state } = await openPage();
    storage.list = () => Promise.reject(new Error('gone'));
    await work({ studio });
    await saveProject(studio);
    expect((await saveProject(studio)).status).toBe('saved');
    expect(state().saveState.status).toBe('saved');
  });
});

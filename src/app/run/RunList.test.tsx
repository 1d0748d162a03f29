import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { MemoryRuns } from '../../state/testing/memoryRuns';
import { fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { RunList } from './RunList';

it('asks before results that only this browser has are deleted, and not for a folder that stays', async () => {
  const runs = new MemoryRuns();
  const about = { startedAt: '2026-11-29T08:00:00.000Z', finished: 3, total: 3 };
  await runs.remember({ id: 'own', name: 'table.csv', kind: 'browser', ...about });
  await runs.remember({ id: 'folder', name: 'set', kind: 'folder', ...about });
  const { user } = renderStudio(<RunList />, fakeStudio({ runs }));
  await user.click(await screen.findByRole('button', { name: 'Take off this list' }));
  await waitFor(() => {
    expect([...runs.known.keys()]).toEqual(['own']);
  });
  await user.click(screen.getByRole('button', { name: 'Delete its results' }));
  expect(screen.getByText(/Delete the run and its 3 results/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  expect([...runs.known.keys()]).toEqual(['own']);
  await user.click(screen.getByRole('button', { name: 'Delete its results' }));
  await user.click(screen.getByRole('button', { name: 'Delete its results' }));
  await waitFor(() => {
    expect(screen.getByText(/No run is known yet/)).toBeTruthy();
  });
});

import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { PixelsOverlay } from './PixelsOverlay';

it('covers a picture whose pixels are not there, and says what to do where they cannot be had', () => {
  const studio = fakeStudio();
  renderStudio(<PixelsOverlay />, studio);
  expect(screen.queryByRole('status')).toBeNull();
  const { setPixels } = studio.store.getState();
  act(() => {
    setPixels({ status: 'loading' });
  });
  expect(screen.getByRole('status').textContent).toMatch(/from storage/);
  const problem = { code: 'pixels-lost', message: 'They are gone.', advice: 'Generate it again.', details: [] };
  act(() => {
    setPixels({ status: 'lost', problem });
  });
  expect(screen.getByRole('status').textContent).toMatch(/They are gone.*Generate it again/);
  act(() => {
    setPixels({ status: 'here' });
  });
  expect(screen.queryByRole('status')).toBeNull();
});

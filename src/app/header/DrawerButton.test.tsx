import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { DrawerButton } from './DrawerButton';

describe('the library of a narrow screen', () => {
  it('opens, says so, and closes again', async () => {
    const studio = fakeStudio();
    const { user } = renderStudio(<DrawerButton />, studio);
    const button = screen.getByRole('button', { hidden: true });
    const open = () => button.getAttribute('aria-expanded');
    expect(open()).toBe('false');
    await user.click(button);
    expect(open()).toBe('true');
    await user.click(button);
    expect(open()).toBe('false');
    await user.click(button);
    act(() => {
      studio.store.getState().closeDrawer();
    });
    expect(open()).toBe('false');
  });
});

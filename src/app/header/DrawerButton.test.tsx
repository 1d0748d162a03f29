import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { DrawerButton } from './DrawerButton';

describe('the panels of a narrow screen', () => {
  it('open one at a time, say so, and close again', async () => {
    const studio = fakeStudio();
    const { user: userEvent } = renderStudio(<><DrawerButton drawer="library" /><DrawerButton drawer="request" /></>, studio);
    const [library, request] = screen.getAllByRole('button', { hidden: true });
    const open = () => [library, request].map((button) => button?.getAttribute('aria-expanded'));
    expect(open()).toEqual(['false', 'false']);
    await userEvent.click(library as HTMLElement);
    expect(open()).toEqual(['true', 'false']);
    await userEvent.click(request as HTMLElement);
    expect(open()).toEqual(['false', 'true']);
    await userEvent.click(request as HTMLElement);
    expect(open()).toEqual(['false', 'false']);
    await userEvent.click(library as HTMLElement);
    act(() => { studio.store.getState().closeDrawer(); });
    expect(open()).toEqual(['false', 'false']);
  });
});

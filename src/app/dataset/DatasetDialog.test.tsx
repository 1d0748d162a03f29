import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { readPlan } from '../../dataset/plan/schema';
import { fakeStudio } from '../../state/testing/fakes';
import { StudioProvider } from '../StudioContext';
import DatasetDialog from './DatasetDialog';

const file = (name: string, content = '') => ({
  name,
  bytes: () => Promise.resolve(new TextEncoder().encode(content)),
});
const NAMES = [...Array.from({ length: 12 }, (_, at) => `e${String(at)}`), 'h0', 'n0', 'n1', 'n2', 'n3'];
const row = (name: string): string =>
  `${name}.png,p${name},train,${['n', 'e', 'h'].map((first) => Number(name.startsWith(first))).join(',')}`;
const TABLE = `file_name,patient,split,no_finding,effusion,hernia\n${NAMES.map(row).join('\n')}\n,,,,,\n,p,train,1,0,0\n`;

function shown(films: readonly ReturnType<typeof file>[], table = TABLE) {
  const studio = fakeStudio();
  const save = vi.spyOn(studio.services, 'save');
  studio.store.getState().showSet({ tables: [file('metadata.csv', table)], films });
  render(
    <StudioProvider studio={studio}>
      <DatasetDialog />
    </StudioProvider>,
  );
  return { save };
}

it('shows counts, what is wrong and a plan, and saves the plan', async () => {
  const { save } = shown(NAMES.map((name) => file(`${name}.png`)));
  const user = userEvent.setup();
  const hernia = (await screen.findAllByRole('row', { name: /hernia/ }))[0];
  if (hernia === undefined) throw new Error('no row');
  expect(within(hernia).getByText('tail')).toBeTruthy();
  expect(screen.getByText(/rows that name no film/i)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save the plan' }));
  await waitFor(() => {
    expect(save).toHaveBeenCalledOnce();
  });
  const [bytes] = save.mock.calls[0] ?? [];
  const plan = readPlan(new TextDecoder().decode(bytes), 'plan.jsonl');
  expect(plan.generated.length).toBe(plan.control.length);
  expect(plan.generated.length).toBeGreaterThan(0);
});

it('plans swaps with the films that show what is rare, and says how many', async () => {
  const { save } = shown(NAMES.map((name) => file(`${name}.png`)));
  const user = userEvent.setup();
  const share = await screen.findByRole('spinbutton', { name: /^Borrowed/ });
  expect(screen.queryByText(/borrows? the findings of (another|other) patients?/)).toBeNull();
  await user.clear(share);
  await user.type(share, '100');
  expect(await screen.findByText(/borrows? the findings of (another|other) patients?/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Save the plan' }));
  await waitFor(() => {
    expect(save).toHaveBeenCalledOnce();
  });
  const { generated } = readPlan(new TextDecoder().decode(save.mock.calls[0]?.[0]), 'plan.jsonl');
  for (const item of generated) expect(item).toMatchObject({ how: 'swap', donor: { film: 'h0.png', split: 'train' } });
});

it('asks for the films where the table came alone', async () => {
  shown([]);
  expect(await screen.findByText(/Drop the folder of the films together/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save the plan' })).toHaveProperty('disabled', true);
});

it('names a table that is none', async () => {
  shown([], 'a,b\n1,2\n');
  expect(await screen.findByText(/no table of films that is known/)).toBeTruthy();
});

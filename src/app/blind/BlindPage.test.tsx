import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as saving from '../saveFile';
import { BlindPage } from './BlindPage';
import { withoutTop, type Folder } from './films';

const folder: Folder = new Map(
  ['real/effusion/a.png', 'real/effusion/b.png', 'made/effusion/c.png', 'made/effusion/d.png'].map((path) => [
    path,
    new File(['x'], 'x.png'),
  ]),
);
const decode = (): Promise<ImageData> =>
  Promise.resolve({ width: 2, height: 2, data: new Uint8ClampedArray(16) } as unknown as ImageData);

beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function chosen(films: Folder = folder): Promise<ReturnType<typeof userEvent.setup>> {
  const user = userEvent.setup();
  render(<BlindPage pick={() => Promise.resolve(films)} decode={decode} />);
  await user.click(screen.getByRole('button', { name: 'Choose a folder' }));
  return user;
}

describe('blind reading', () => {
  it('asks about every film by keyboard and tells what could be told', async () => {
    const save = vi.spyOn(saving, 'saveFile').mockImplementation(() => undefined);
    const user = await chosen();
    expect(await screen.findByText('2 real films and 2 made films.')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: /One by one/ }));
    await user.click(screen.getByRole('button', { name: 'Start' }));
    for (let film = 1; film <= 4; film++) {
      expect(screen.getByRole('region', { name: `${String(film)} of 4` })).toBeTruthy();
      expect(document.body.textContent).not.toMatch(/effusion|real\/|made\//);
      await user.keyboard('4');
    }
    expect(screen.getByRole('row', { name: /^All 4 2 50 %/ })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save the table' }));
    const [bytes, name] = save.mock.calls[0] ?? [];
    expect(name).toBe('blind-reading-singles-1.csv');
    expect(
      new TextDecoder()
        .decode(bytes as Uint8Array)
        .trim()
        .split('\r\n'),
    ).toHaveLength(5);
  });

  it('takes an answer back, and leaves what is typed to its field', async () => {
    const user = await chosen();
    await user.click(screen.getByRole('button', { name: 'Start' }));
    await user.keyboard('1');
    await user.type(screen.getByRole('textbox', { name: /gave it away/ }), 'rib 4 ends');
    expect(screen.getByRole('region', { name: '2 of 2' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByRole('region', { name: '1 of 2' })).toBeTruthy();
  });

  it('says what a folder needs where it has films of one kind only', async () => {
    await chosen(new Map([['real/a.png', new File(['x'], 'a.png')]]));
    await waitFor(() => {
      expect(screen.getByText(/no films of both kinds/)).toBeTruthy();
    });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Start' }).disabled).toBe(true);
  });

  it('knows films by their path below the folder', () => {
    expect(withoutTop('chosen/real/effusion/a.png')).toBe('real/effusion/a.png');
  });
});

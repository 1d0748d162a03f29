import { fireEvent } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pickFiles } from './pickFiles';

const fileInput = () => document.querySelector<HTMLInputElement>('input[type=file]');

describe('the browser’s dialog for files', () => {
  const click = vi.spyOn(HTMLInputElement.prototype, 'click');

  beforeEach(() => {
    click.mockReset();
  });

  it('gives what was chosen, and its input lasts as long as the dialog', async () => {
    const picked = pickFiles();
    const input = fileInput();
    expect(click).toHaveBeenCalledOnce();
    expect(input?.hidden).toBe(true);
    fireEvent.change(input as HTMLInputElement, { target: { files: [new File(['x'], 'chest.dcm')] } });
    expect((await picked).map(({ name }) => name)).toEqual(['chest.dcm']);
    expect(fileInput()).toBeNull();
  });

  it('gives none when it is cancelled', async () => {
    const picked = pickFiles();
    fileInput()?.dispatchEvent(new Event('cancel'));
    expect(await picked).toEqual([]);
    expect(fileInput()).toBeNull();
  });
});

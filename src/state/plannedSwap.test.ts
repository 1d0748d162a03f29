import { describe, expect, it, vi } from 'vitest';
import type { Edit } from '../counterfactual/edit';
import { fakeProbabilities } from '../counterfactual/testing/fakes';
import { Donors, editOfSwap, type BorrowedFrom } from './plannedSwap';
import { fakeRadiograph, fakeReading } from './testing/fakes';

const FILM = fakeRadiograph('donor.png');
const CLEAR = fakeReading(0.05);
const donor = (reading = fakeReading(0.05)): BorrowedFrom => ({ film: FILM, reading, shape: undefined });

describe('a swap of a plan', () => {
  it('brings what the table says that the donor shows, though the reader is not sure of it', () => {
    expect(editOfSwap({ id: '00000001', finding: 'hernia' }, donor(), CLEAR, { hernia: 0.9 })).toMatchObject({
      kind: 'add',
      finding: 'hernia',
      places: ['mediastinum'],
      severity: 2,
    });
  });

  it('brings what else the reader sees, opacity in its zones first', () => {
    const seen = fakeReading(0.05, [0, 0, 0, 0, 0, 2]);
    const edit = editOfSwap({ id: '00000001', finding: 'effusion' }, donor(seen), CLEAR, {});
    expect([edit.finding, edit.severities ?? edit.severity, edit.places]).toEqual(['lung_opacity', 2, ['left_lower']]);
    expect(edit.further?.map(({ finding }) => finding)).toEqual(['effusion']);
  });

  it('says by name where there is nothing to borrow', () => {
    expect(() => editOfSwap({ id: '00000001', finding: 'consolidation' }, donor(), CLEAR, {})).toThrow(
      /No consolidation could be borrowed from donor.png/,
    );
  });

  it('reads a donor once, and learns the shape of its opacity from the same film without it', async () => {
    const donors = new Donors();
    const reading = fakeReading(0.4, [0, 0, 0, 0, 0, 2]);
    const read = vi.fn(() => Promise.resolve({ film: FILM, reading, probabilities: fakeProbabilities() }));
    const erased = vi.fn((_: Edit) =>
      Promise.resolve({ ...FILM, pixels: FILM.pixels.map((value) => value >> 1) as never }),
    );
    const signal = undefined;
    const first = await donors.read(FILM, read, erased, signal);
    expect(await donors.read(FILM, read, erased, signal)).toBe(first);
    expect([read.mock.calls.length, erased.mock.calls.length]).toEqual([1, 1]);
    expect(erased.mock.calls[0]?.[0]).toMatchObject({
      kind: 'remove',
      finding: 'lung_opacity',
      places: ['left_lower'],
    });
  });

  it('is tried again with a donor that could not be read', async () => {
    const donors = new Donors();
    const read = vi.fn(() => Promise.reject(new Error('gone')));
    const erased = () => Promise.resolve(FILM);
    await expect(donors.read(FILM, read, erased, undefined)).rejects.toThrow('gone');
    await expect(donors.read(FILM, read, erased, undefined)).rejects.toThrow('gone');
    expect(read).toHaveBeenCalledTimes(2);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { Edit } from '../counterfactual/edit';
import { packPathology } from '../findings/pathology';
import { fakeProbabilities } from '../counterfactual/testing/fakes';
import { doubtOf } from './donorStreams';
import { Donors, editOfSwap, requireAnother, type BorrowedFrom } from './plannedSwap';
import { fakePathologyReading, fakeRadiograph, fakeReading } from './testing/fakes';

const FILM = fakeRadiograph('donor.png');
const CLEAR = fakeReading(0.05);
const donor = (reading = fakeReading(0.05)): BorrowedFrom => ({ film: FILM, reading, pathology: undefined });

describe('a swap of a plan', () => {
  it('brings what the table says that the donor shows, though the reader is not sure of it', () => {
    expect(editOfSwap({ id: '00000001', donor: { finding: 'hernia' } }, donor(), CLEAR, { hernia: 0.9 })).toMatchObject(
      {
        kind: 'add',
        finding: 'hernia',
        places: ['mediastinum'],
        severity: 2,
      },
    );
  });

  it('brings what else the reader sees, opacity in its zones first', () => {
    const seen = fakeReading(0.05, [0, 0, 0, 0, 0, 2]);
    const edit = editOfSwap({ id: '00000001', donor: { finding: 'effusion' } }, donor(seen), CLEAR, {});
    expect([edit.finding, edit.severities ?? edit.severity, edit.places]).toEqual(['lung_opacity', 2, ['left_lower']]);
    expect(edit.further?.map(({ finding }) => finding)).toEqual(['effusion']);
  });

  it('says by name where there is nothing to borrow', () => {
    expect(() => editOfSwap({ id: '00000001', donor: { finding: 'consolidation' } }, donor(), CLEAR, {})).toThrow(
      /No consolidation could be borrowed from donor.png/,
    );
  });

  it('brings all that the reader calls where nothing is named, and says where that is nothing', () => {
    const seen = fakeReading(0.05, [0, 0, 0, 0, 0, 2]);
    expect(editOfSwap({ id: '00000001', donor: {} }, donor(seen), CLEAR, {})).toMatchObject({
      finding: 'lung_opacity',
      places: ['left_lower'],
    });
    expect(() => editOfSwap({ id: '00000001', donor: {} }, donor(), fakeReading(0.4, [2, 0, 0, 0, 0, 0]), {})).toThrow(
      /Nothing could be borrowed from donor.png/,
    );
  });

  it('brings what is named alone, and leaves the film its own opacity where that is asked', () => {
    const seen = fakeReading(0.05, [0, 0, 0, 0, 0, 2]);
    const opaque = fakeReading(0.4, [2, 0, 0, 0, 0, 0]);
    const only = ['effusion', 'hernia'] as const;
    const edit = editOfSwap({ id: '00000001', donor: { only } }, donor(seen), opaque, {});
    const findings = [edit, ...(edit.further ?? [])];
    expect(findings.map(({ finding }) => finding).toSorted()).toEqual(['effusion', 'hernia', 'lung_opacity']);
    expect(findings.find(({ finding }) => finding === 'lung_opacity')).toMatchObject({
      severities: { right_upper: 0 },
    });
    const kept = editOfSwap({ id: '00000001', donor: { only, keepsOwn: true } }, donor(seen), opaque, {});
    expect([kept, ...(kept.further ?? [])].map(({ finding }) => finding).toSorted()).toEqual(['effusion', 'hernia']);
  });

  it('is not of a film with itself, whatever the copy is called', () => {
    const copy = { ...FILM, id: 'copy', name: 'copy.png', pixels: FILM.pixels.slice() };
    expect(() => {
      requireAnother(copy, FILM);
    }).toThrow(/donor.png is the same film as copy.png/);
    expect(() => {
      requireAnother({ ...copy, pixels: FILM.pixels.map((value) => value + 1) }, FILM);
    }).not.toThrow();
  });

  it('takes no donor apart that does not look like a chest, unless nobody minds', async () => {
    const reading = fakeReading(0.4, [0, 0, 0, 0, 0, 2]);
    const lost = doubtOf('donor.png', { probabilities: new Float32Array(64 * 64 * 8), frontalChest: 0.9 });
    const take = { erased: vi.fn(), pathology: vi.fn() };
    const read = (doubt: typeof lost) => () => Promise.resolve({ film: FILM, reading, doubt });
    await expect(new Donors().read(FILM, read(lost), take, undefined)).rejects.toThrow(
      /donor.png does not look like a frontal chest radiograph: no lungs were found/,
    );
    expect(take.erased).not.toHaveBeenCalled();
    expect((await new Donors().read(FILM, read(undefined), take, undefined)).reading).toBe(reading);
  });

  it('reads a donor once, and its pathology beside the same film without it', async () => {
    const donors = new Donors();
    const reading = fakeReading(0.4, [0, 0, 0, 0, 0, 2]);
    const read = vi.fn(() => Promise.resolve({ film: FILM, reading, probabilities: fakeProbabilities() }));
    const erased = vi.fn((_: Edit) =>
      Promise.resolve({ ...FILM, pixels: FILM.pixels.map((value) => value >> 1) as never }),
    );
    const pathology = vi.fn((_: unknown) => Promise.resolve(fakePathologyReading()));
    const signal = undefined;
    const first = await donors.read(FILM, read, { erased, pathology }, signal);
    expect(await donors.read(FILM, read, { erased, pathology }, signal)).toBe(first);
    expect(first.pathology).toEqual(packPathology(fakePathologyReading().tokens));
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
    const take = { erased: () => Promise.resolve(FILM), pathology: () => Promise.resolve(fakePathologyReading()) };
    await expect(donors.read(FILM, read, take, undefined)).rejects.toThrow('gone');
    await expect(donors.read(FILM, read, take, undefined)).rejects.toThrow('gone');
    expect(read).toHaveBeenCalledTimes(2);
  });
});

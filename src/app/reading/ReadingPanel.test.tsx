import { act, cleanup, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { generate } from '../../state/commands/generate';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { fakeAnalysis, fakeFile, fakeReading, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { VerdictPanel } from '../receipt/VerdictPanel';
import { orderFindings, ReadingPanel } from './ReadingPanel';

async function openPanel() {
  const studio = fakeStudio();
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  return studio;
}

const rows = () => screen.getAllByRole('listitem').map((row) => row.getAttribute('aria-label'));

describe('what the reader sees', () => {
  it('is a probability for each finding, called or not', async () => {
    renderStudio(<ReadingPanel />, await openPanel());
    expect(rows()).toHaveLength(16);
    expect(rows()).toContain('Opacity: 20 percent, not called');
  });

  it('is before and after by the second reader once there is a counterfactual, what was asked for first', async () => {
    const studio = await openPanel();
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    renderStudio(<ReadingPanel />, studio);
    expect(rows().find((name) => name !== null)).toBe('Opacity: from 20 to 80 percent, called');
  });

  it('tells the asked zone and every other that moved in plain words', async () => {
    const studio = await openPanel();
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    renderStudio(<VerdictPanel />, studio);
    const zones = within(screen.getByRole('region', { name: 'Opacity by zone' })).getAllByRole('listitem');
    expect(zones.map(({ textContent }) => textContent)).toEqual([
      'Right lowerabsent, now severe0.0 → 2.5',
      'The other 5 zones stayed as before.',
    ]);
  });

  it('is kept back while the picture does not look like a chest, until the user insists', async () => {
    const studio = fakeStudio({ worker: { analyse: () => Promise.resolve(fakeAnalysis({ frontalChest: 0.17 })) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('stripes.png')]);
    renderStudio(<ReadingPanel />, studio);
    expect(screen.getByText(/^Not shown: this does not look like/)).toBeTruthy();
    expect(screen.queryAllByRole('listitem')).toEqual([]);
    act(() => {
      studio.store.getState().updateCurrent('transient', (document) => ({ ...document, acceptedAsFrontal: true }));
    });
    expect(rows().length).toBeGreaterThan(0);
  });

  it('comes with a warning where the film may be mirrored, and with none where it is not', async () => {
    const studio = fakeStudio({ worker: { analyse: () => Promise.resolve(fakeAnalysis({ mirrored: true })) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('turned.png')]);
    renderStudio(<ReadingPanel />, studio);
    expect(screen.getByRole('status').textContent).toMatch(/may be mirrored.*check the side marker/);
    // It warns, and refuses nothing.
    expect(rows()).toHaveLength(16);
    cleanup();
    renderStudio(<ReadingPanel />, await openPanel());
    expect(screen.queryByText(/mirrored/)).toBeNull();
  });

  it('is ordered by how present a finding is', () => {
    const reading = { ...fakeReading(0.1).findings, effusion: 0.9, mass: 0.5 };
    expect(orderFindings(reading, undefined, []).slice(0, 2)).toEqual(['effusion', 'mass']);
    expect(orderFindings(reading, reading, ['hernia'])[0]).toBe('hernia');
  });
});

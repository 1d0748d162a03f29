import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SearchTrial } from '../../counterfactual/search/searchEdit';
import { withSet } from '../../record/candidates';
import { generate } from '../../state/commands/generate';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { currentDocument } from '../../state/slices/documents';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { VerdictHead } from '../panel/VerdictHead';
import { ReceiptPanel } from '../receipt/ReceiptPanel';
import { GenerateBar } from '../request/GenerateBar';
import { renderStudio } from '../testing/renderStudio';
import { CandidateStrip } from './CandidateStrip';
import { frontierOf } from './SearchFrontier';
import { sweepInWords } from './sweepWords';

async function withCandidates(seeds: number, worker: Parameters<typeof fakeStudio>[0] = {}) {
  const studio = fakeStudio(worker);
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  studio.store.getState().setSeedCount(seeds);
  await generate(studio);
  return studio;
}

const options = () => screen.getAllByRole('option');
const trial = (number: number, score: number, change: number, best = false): SearchTrial => ({
  trial: number,
  trials: 17,
  score,
  change,
  outside: 0,
  best,
});

describe('the filmstrip', () => {
  it('names each candidate with its score and verdict, and moves, keeps and drops by keyboard', async () => {
    const studio = await withCandidates(3);
    const { user } = renderStudio(<CandidateStrip />, studio);
    expect(options().map((each) => each.getAttribute('aria-label'))).toEqual(
      [1, 2, 3].map((seed) => expect.stringMatching(`^Seed ${String(seed)}, 20 → 80 %, receipt: `) as string),
    );
    screen.getByRole('listbox', { name: 'Candidates' }).focus();
    await user.keyboard('{ArrowRight}');
    expect(options().map((each) => each.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false']);
    await user.keyboard('p');
    expect(options()[1]?.getAttribute('aria-label')).toMatch(/pinned$/);
    await user.keyboard('{ArrowRight}{Delete}');
    expect(options()).toHaveLength(2);
    await user.keyboard('{Enter}');
    expect(options()).toHaveLength(1);
    expect(currentDocument(studio.store.getState())?.versions).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Discard the rest' }));
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('puts the next candidate beside the one on the screen', async () => {
    const studio = await withCandidates(2);
    const { user } = renderStudio(<CandidateStrip />, studio);
    await user.click(screen.getByRole('button', { name: 'Compare with the next' }));
    expect(studio.store.getState().comparison).toBe('sideBySide');
    expect(options()[1]?.getAttribute('aria-label')).toMatch(/compared$/);
  });

  it('draws what a search has tried while it runs', async () => {
    const studio = await withCandidates(1);
    renderStudio(<CandidateStrip />, studio);
    act(() => {
      studio.store.getState().updateCurrent('made', (open) =>
        withSet(open, {
          id: 'job',
          kind: 'search',
          label: 'x',
          asked: 1,
          items: [],
          trials: [trial(0, 0.5, 0.02, true), trial(1, 0.1, 0.01), trial(2, 1.5, 0.05, true)],
        }),
      );
    });
    expect(screen.getByRole('img', { name: /3 of 17 tried\. Score from 0\.50 to 1\.50\./ })).toBeTruthy();
  });
});

describe('the frontier of a search', () => {
  it('is what no other trial betters in both', () => {
    const trials = [trial(0, 0.5, 0.02), trial(1, 0.1, 0.01), trial(2, 1.5, 0.05), trial(3, 0.4, 0.03)];
    expect(frontierOf(trials).map((each) => each.trial)).toEqual([1, 0, 2]);
  });
});

describe('a sweep in words', () => {
  const read = (...values: number[]) => values.map((value, index) => ({ asked: 0.75 * index, read: value }));

  it('tells order, a step back, and no difference', () => {
    expect(sweepInWords(read(0.1, 0.4, 0.9, 1.6, 2.2))).toBe(
      'In order: the more is asked, the more is read, from 0.1 to 2.2.',
    );
    expect(sweepInWords(read(0.1, 0.9, 0.4, 1.6, 2.2))).toBe('Not in order: it is read as less at 1.50 than at 0.75.');
    expect(sweepInWords(read(0.5, 0.51, 0.52))).toMatch(/no difference/);
    expect(sweepInWords(read(0.5))).toBe('');
  });
});

describe('the queue beside Generate', () => {
  it('counts seeds, takes further work while one runs, and lets a waiting job go', async () => {
    const studio = fakeStudio({ worker: { generate: () => new Promise(() => undefined) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    const { user } = renderStudio(<GenerateBar />, studio);
    screen.getByRole('spinbutton', { name: 'Seeds' }).focus();
    await user.keyboard('{ArrowUp}{ArrowUp}');
    await user.click(screen.getByRole('button', { name: 'Generate 3' }));
    await user.click(screen.getByRole('button', { name: 'Add to queue' }));
    await user.click(screen.getByRole('button', { name: /^Queue/ }));
    const jobs = within(screen.getByRole('list', { name: 'Jobs' })).getAllByRole('listitem');
    expect(jobs.map((job) => job.getAttribute('aria-label'))).toEqual(
      Array(2).fill('3 seeds: severe right lower zone opacity'),
    );
    await user.click(within(jobs[1] ?? screen.getByRole('list')).getByRole('button', { name: 'Cancel' }));
    expect(studio.store.getState().jobs).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Pause after this step' }));
    expect(studio.store.getState().jobs[0]?.status).toBe('held');
  });
});

describe('the receipt beside a result', () => {
  it('says the worst verdict in words, unfolds figures, and has the undo measured', async () => {
    const studio = await withCandidates(1, {
      worker: {
        generate: async (source, edit, { seed }) => {
          const { fakeCounterfactual } = await import('../../state/testing/fakes');
          return {
            ...fakeCounterfactual(source, edit, seed),
            measures: {
              cells: new Float32Array(1024),
              change: new Float32Array(1024),
              anatomy: { lungs: 0.99, heart: 0.99 },
            },
          };
        },
      },
    });
    const [version] = currentDocument(studio.store.getState())?.versions ?? [];
    if (version === undefined) throw new Error('no version');
    const { user } = renderStudio(
      <>
        <VerdictHead />
        <ReceiptPanel version={version} />
      </>,
      studio,
    );
    expect(screen.getByTestId('receipt-verdict').textContent).toContain('Do not rely on it');
    expect(screen.queryByText('Mean change')).toBeNull();
    await user.click(within(screen.getByTestId('receipt-others')).getByRole('button'));
    expect(screen.getByText('Mean change')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Measure now' }));
    expect(currentDocument(studio.store.getState())?.versions[0]?.counterfactual.measures?.reversal).toEqual({
      error: 0.012,
      own: 0.01,
    });
  });
});

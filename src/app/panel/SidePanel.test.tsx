import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../counterfactual/receipt/line';
import { generate } from '../../state/commands/generate';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { fakeFile, fakeStudio } from '../../state/testing/fakes';
import { actionFocusText, actionGenerate } from '../actions/request';
import { renderStudio } from '../testing/renderStudio';
import { headLines, openChecks } from './headLines';
import { SidePanel } from './SidePanel';

async function withResult() {
  const studio = fakeStudio();
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
  return renderStudio(<SidePanel />, studio);
}

const panels = () => screen.getAllByRole('tabpanel', { hidden: true }).map((panel) => panel.hidden);

describe('the panel beside the picture', () => {
  it('keeps the verdict and its first line in sight whatever is looked at below', async () => {
    const { user } = await withResult();
    for (const tab of ['Ask', 'Verdict', 'Reading']) {
      await user.click(screen.getByRole('tab', { name: tab }));
      expect(screen.getByTestId('receipt-verdict').textContent).toContain('The second reader');
      expect(screen.getByRole('button', { name: 'Generate' })).toBeTruthy();
    }
  });

  it('leads from the verdict to the whole receipt', async () => {
    const { user } = await withResult();
    expect(panels()).toEqual([false, true, true]);
    await user.click(screen.getByTestId('receipt-verdict'));
    expect(panels()).toEqual([true, false, true]);
    expect(screen.getByRole('region', { name: 'Receipt' })).toBeTruthy();
  });

  it('comes back to the words by their key, from any tab', async () => {
    const { user, studio } = await withResult();
    await user.click(screen.getByRole('tab', { name: 'Reading' }));
    act(() => {
      void actionFocusText.perform(studio);
    });
    await vi.waitFor(() => {
      expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /words/ }));
    });
  });

  it('takes the keys out of the words when these are generated, so that the next key is a shortcut', async () => {
    const { user, studio } = await withResult();
    await user.click(screen.getByRole('textbox', { name: /words/ }));
    await act(async () => {
      await actionGenerate.perform(studio);
    });
    expect(document.activeElement).toBe(document.body);
  });
});

describe('the lines of the head', () => {
  const line = (id: string, verdict: Verdict | undefined) =>
    ({ id, question: '', verdict, reason: id, key: '', figures: [] }) as const;
  const ids = (verdict: Verdict, ...lines: readonly (Verdict | undefined)[]) =>
    headLines({ verdict, lines: lines.map((each, index) => line(String(index), each)) } as never).map(({ id }) => id);

  it('are the first, and where it is not what decides, the one that does', () => {
    expect(ids('green', 'green', undefined)).toEqual(['0']);
    expect(ids('red', 'red', 'amber', 'red')).toEqual(['0']);
    expect(ids('amber', 'green', undefined, 'amber', 'amber')).toEqual(['0', '2']);
    expect(ids('green')).toEqual([]);
  });

  it('stand beside how many checks wait, of which a line that only warns is none', () => {
    const silent = { ...line('realism', undefined), onlyWarns: true } as const;
    expect(openChecks({ lines: [line('0', 'green'), line('undo', undefined), silent] as never })).toBe(1);
    expect(openChecks({ lines: [silent] as never })).toBe(0);
  });
});

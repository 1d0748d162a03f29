import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import type { Progress } from '../../state/services';
import { fakeAnalysis, fakeFile, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import { downloadText } from './EngineProgress';
import { GenerateBar } from './GenerateBar';

describe('the Generate button', () => {
  it('says what is missing before it can be used', async () => {
    const studio = fakeStudio();
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    renderStudio(<GenerateBar />, studio);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Generate' }).disabled).toBe(true);
    expect(screen.getByText(/Choose a zone, or paint/)).toBeTruthy();
    act(() => {
      typeText(studio, 'mild left lower zone effusion');
    });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Generate' }).disabled).toBe(false);
  });

  it('says where less is asked than is seen', async () => {
    const { reading, ...rest } = fakeAnalysis();
    const seen = { ...reading, zoneSeverity: [0, 0, 2.8, 0, 0, 0] };
    const studio = fakeStudio({ worker: { analyse: () => Promise.resolve({ ...rest, reading: seen }) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'mild right lower zone opacity');
    renderStudio(<GenerateBar />, studio);
    expect(screen.getByTestId('request-remark').textContent).toMatch(/2\.8 of 3, asked 1\.0.*some of it goes/);
    act(() => {
      typeText(studio, 'severe right lower zone opacity');
    });
    expect(screen.getByTestId('request-remark').textContent).toBe('');
  });

  it('shows step and time left, and cancels', async () => {
    let report: ((progress: Progress) => void) | undefined;
    let clock = 0;
    const studio = fakeStudio({
      now: () => clock,
      worker: {
        generate: (_source, _edit, _sampling, { onProgress, signal }) =>
          new Promise((_, reject) => {
            report = onProgress;
            signal.addEventListener('abort', () => {
              reject(new DOMException('cancelled', 'AbortError'));
            });
          }),
      },
    });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('chest.png')]);
    typeText(studio, 'severe right lower zone opacity');
    const { user } = renderStudio(<GenerateBar />, studio);
    await user.click(screen.getByRole('button', { name: 'Generate' }));
    act(() => {
      report?.({ stage: 'sample', fraction: 0 });
    });
    clock = 4000;
    act(() => {
      report?.({ stage: 'sample', fraction: 0.25 });
    });
    expect(screen.getByText('Step 4 of 12')).toBeTruthy();
    expect(screen.getByText('about 12 s left')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /Cancel/ }));
    expect(await screen.findByRole('button', { name: 'Generate' })).toBeTruthy();
  });

  it('asks before it works on what is no frontal chest radiograph', async () => {
    const studio = fakeStudio({ worker: { analyse: () => Promise.resolve(fakeAnalysis({ frontalChest: 0.12 })) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('knee.png')]);
    typeText(studio, 'severe right lower zone opacity');
    const { user } = renderStudio(<GenerateBar />, studio);
    expect(screen.getByRole('alert').textContent).toMatch(
      /knee\.png does not look like a frontal chest radiograph: the anatomist gives that 12 %/,
    );
    await user.click(screen.getByRole('button', { name: 'Continue anyway' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Generate' }).disabled).toBe(false);
  });

  it('says why the networks are missing and tries again', async () => {
    let attempts = 0;
    const failure = { code: 'weights-corrupt', message: 'denoiser/weights.safetensors is damaged.', advice: 'Reload.' };
    const studio = fakeStudio({
      worker: {
        start: () => {
          attempts++;
          return Promise.reject(Object.assign(new Error(failure.message), failure));
        },
      },
    });
    await startEngine(studio);
    const { user } = renderStudio(<GenerateBar />, studio);
    expect(screen.getByRole('alert').textContent).toContain(
      'denoiser/weights.safetensors is damaged. Reload.'.split(' R')[0],
    );
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(attempts).toBe(2);
  });

  it('counts the download in megabytes once the size is known', () => {
    expect(downloadText(0.5, 36_400_000)).toBe('18.2 of 36.4 MB');
    expect(downloadText(0.5, undefined)).toBe('50 %');
  });
});

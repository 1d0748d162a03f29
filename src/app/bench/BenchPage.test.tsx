import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { saveFile } from '../saveFile';
import { BenchPage } from './BenchPage';
import type { Measure, OwnJob } from './runBench';

vi.mock('../saveFile', () => ({ saveFile: vi.fn() }));
afterEach(cleanup);

const measurement = {
  device: 'a device',
  loadMs: 1,
  firstRunMs: 2,
  warmRunsMs: [40],
  multiplyAdds: 1e9,
  maxError: 1e-3,
};
const onWasmAlone = ((job: OwnJob) =>
  Promise.resolve(
    job.kind === 'network' && job.engine === 'simd-wasm' ? { measurement } : { error: 'no graphics adapter' },
  )) as Measure;

describe('the benchmark’s page', () => {
  it('measures, shows the table and what could not be measured, and saves both', async () => {
    const user = userEvent.setup();
    render(<BenchPage measure={onWasmAlone} />);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Save results' }).disabled).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Start' }));
    await screen.findByText('Finished.');
    screen.getByRole('row', { name: /anatomist Counterpart on WebAssembly 40 ms/ });
    screen.getByText('Counterpart on WebGPU: no graphics adapter (anatomist)');
    await user.click(screen.getByRole('button', { name: 'Save results' }));
    const [bytes, name, type] = vi.mocked(saveFile).mock.calls[0]!;
    expect([name, type]).toEqual([
      expect.stringMatching(/^counterpart-bench-\d{4}-\d\d-\d\d\.json$/),
      'application/json',
    ]);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({
      format: 'counterpart-bench',
      scope: 'quick',
      networks: [
        { name: 'anatomist', engines: { 'simd-wasm': { medianMs: 40 }, wgsl: { error: 'no graphics adapter' } } },
      ],
    });
  });

  it('is cancelled in the middle of a measurement and keeps what it has', async () => {
    const user = userEvent.setup();
    const measure = ((job: OwnJob, signal: AbortSignal) =>
      job.kind === 'peak'
        ? Promise.resolve({ error: 'no graphics adapter' })
        : new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          })) as Measure;
    render(<BenchPage measure={measure} />);
    await user.click(screen.getByRole('button', { name: 'Start' }));
    await screen.findByText('1 of 4: anatomist, Counterpart on WebGPU');
    expect(screen.getByRole('radio', { name: /All networks and whole edits/ }).closest('fieldset')?.disabled).toBe(
      true,
    );
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await screen.findByText('Cancelled. What was measured stays below.');
    screen.getByText('The adapter’s matrix product: no graphics adapter');
    screen.getByRole('button', { name: 'Start' });
  });
});

import { describe, expect, it } from 'vitest';
import { EngineError } from '../engine';
import { OfflineError } from '../networks/errors';
import { ANALYSE, answers, bench, GENERATE, START, turns } from './testing/serverBench';

describe('a server whose GPU fails', () => {
  it('moves to the CPU when memory runs out, says so, and finishes the job', async () => {
    const { server, posted, opened, disposed } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('out-of-memory', 'The GPU has no memory left.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({
      report: {
        backend: 'wasm',
        notes: [
          {
            kind: 'moved',
            error: { code: 'out-of-memory', message: 'The GPU has no memory left.' },
            triedAgainIn: 30_000,
          },
        ],
      },
    });
    expect(opened).toEqual(['auto', 'wasm']);
    expect(disposed).toEqual(['webgpu']);
  });

  it('does a job again on a new device when the first is lost', async () => {
    let losses = 1;
    const { server, posted, opened } = bench(async () => {
      if (losses-- > 0) throw new EngineError('device-lost', 'The device is gone.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3']);
    expect(opened).toEqual(['auto', 'webgpu only']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({ report: { backend: 'webgpu' } });
  });

  it('takes the CPU when devices are lost one after another', async () => {
    const { server, posted, opened } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('device-lost', 'The device is gone.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    expect(opened).toEqual(['auto', 'webgpu only', 'webgpu only', 'wasm']);
    expect(answers(posted).at(-1)).toBe('generated 3');
  });

  it('reads what was let in between two steps after the job that lost its device has begun anew', async () => {
    let losses = 1;
    const lost = new EngineError('device-lost', 'The device is gone.');
    const { server, posted } = bench(async (_, { breathe }) => {
      // The reading comes while the generation breathes, and the device goes under both.
      await breathe?.();
      if (losses > 0 && breathe !== undefined) losses--;
      else if (losses === 0) return;
      throw lost;
    });
    await server.handle(START);
    const generated = server.handle(GENERATE);
    const analysed = server.handle(ANALYSE);
    await Promise.all([generated, analysed]);
    await turns();
    expect(answers(posted)).toEqual(['started 1', 'device-changed 3', 'generated 3', 'analysed 2']);
  });

  it('comes back to the GPU between jobs, and not while the page is hidden', async () => {
    let memory = false;
    const { server, posted, opened, disposed, pass } = bench(async (backend) => {
      if (backend === 'webgpu' && !memory) throw new EngineError('out-of-memory', 'No memory.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    memory = true;
    await server.handle({ type: 'visibility', id: 0, hidden: true });
    pass(30_000);
    await turns();
    expect(opened).toEqual(['auto', 'wasm']);
    await server.handle({ type: 'visibility', id: 0, hidden: false });
    await turns();
    expect(opened).toEqual(['auto', 'wasm', 'webgpu only']);
    expect(disposed).toEqual(['webgpu', 'wasm']);
    expect(posted.at(-1)).toMatchObject({
      type: 'device-changed',
      id: 0,
      report: { backend: 'webgpu', notes: [{ kind: 'returned' }] },
    });
    await server.handle({ ...GENERATE, id: 5 });
    expect(answers(posted).at(-1)).toBe('generated 5');
  });

  it('stays on the CPU, and keeps it working, while the GPU cannot be had, and asks later again', async () => {
    let offered = true;
    const { server, posted, opened, pass } = bench(
      async (backend) => {
        if (backend === 'webgpu') throw new EngineError('out-of-memory', 'No memory.');
      },
      (prefer) => (prefer === 'wasm' || !offered ? 'wasm' : 'webgpu'),
    );
    await server.handle(START);
    await server.handle(GENERATE);
    offered = false;
    pass(30_000);
    await turns();
    expect(posted.at(-1)).toMatchObject({
      type: 'device-changed',
      report: { backend: 'wasm', notes: [{ kind: 'not-yet', triedAgainIn: 60_000 }] },
    });
    pass(59_999);
    await turns();
    expect(opened).toEqual(['auto', 'wasm', 'webgpu only']);
    pass(1);
    await turns();
    expect(opened).toHaveLength(4);
    await server.handle({ ...GENERATE, id: 6 });
    expect(answers(posted).at(-1)).toBe('generated 6');
  });

  it('does not come back to a driver that refused a kernel', async () => {
    const { server, posted, opened, pass } = bench(async (backend) => {
      if (backend === 'webgpu') throw new EngineError('backend-failed', 'The kernel “product v” failed.');
    });
    await server.handle(START);
    await server.handle(GENERATE);
    pass(10_000_000);
    await turns();
    expect(opened).toEqual(['auto', 'wasm']);
    expect(posted.find(({ type }) => type === 'device-changed')).toMatchObject({
      report: {
        notes: [{ kind: 'moved', error: { message: 'The kernel “product v” failed.' }, triedAgainIn: undefined }],
      },
    });
  });

  it('rests on the GPU while there is nothing to do, until a job comes', async () => {
    const { server, rests, pass } = bench();
    await server.handle(START);
    await server.handle(GENERATE);
    expect(rests).toHaveLength(0);
    pass(5000);
    expect(rests.map(({ aborted }) => aborted)).toEqual([false]);
    const next = server.handle({ ...GENERATE, id: 4 });
    expect(rests.map(({ aborted }) => aborted)).toEqual([true]);
    await next;
  });

  it('has no use for idle time on the CPU, or while the page is hidden', async () => {
    const cpu = bench();
    await cpu.server.handle({ ...START, prefer: 'wasm' });
    cpu.pass(5000);
    const hidden = bench();
    await hidden.server.handle(START);
    await hidden.server.handle({ type: 'visibility', id: 0, hidden: true });
    hidden.pass(5000);
    expect([...cpu.rests, ...hidden.rests]).toEqual([]);
  });

  it('opens the CPU once where a lost GPU does not come back, also when asked for again later', async () => {
    let gpu = true;
    const { server, opened, disposed, pass } = bench(
      async (backend) => {
        if (backend === 'webgpu') {
          gpu = false;
          throw new EngineError('device-lost', 'The device is gone.');
        }
      },
      (prefer, only) => {
        if (prefer === 'wasm') return 'wasm';
        if (gpu) return 'webgpu';
        if (only) throw new EngineError('backend-unavailable', 'No adapter.');
        return 'wasm';
      },
    );
    await server.handle(START);
    await server.handle(GENERATE);
    expect(opened).toEqual(['auto', 'webgpu only', 'wasm']);
    pass(30_000);
    await turns();
    expect(opened).toEqual(['auto', 'webgpu only', 'wasm', 'webgpu only']);
    expect(disposed).toEqual(['webgpu']);
  });

  it('opens anew with the next job after a recovery that failed, and says where it works', async () => {
    let offline = false;
    let memory = false;
    const { server, posted, opened } = bench(
      async (backend) => {
        if (backend !== 'webgpu' || memory) return;
        offline = true;
        throw new EngineError('out-of-memory', 'No memory.');
      },
      (prefer) => {
        if (offline) throw new OfflineError('manifest.json');
        return prefer === 'wasm' ? 'wasm' : 'webgpu';
      },
    );
    await server.handle(START);
    await server.handle(GENERATE);
    await server.handle({ ...ANALYSE, id: 4 });
    expect(posted.slice(-2)).toMatchObject([
      { type: 'failed', id: 3, error: { code: 'offline' } },
      { type: 'failed', id: 4, error: { code: 'offline' } },
    ]);
    [offline, memory] = [false, true];
    await server.handle({ ...ANALYSE, id: 5 });
    expect(opened).toEqual(['auto', 'wasm', 'auto', 'auto']);
    expect(answers(posted).slice(-2)).toEqual(['device-changed 5', 'analysed 5']);
  });

  it('names the failure when there is nothing left to move to', async () => {
    const { server, posted, opened } = bench(
      async () => {
        throw new EngineError('device-lost', 'The device is gone.');
      },
      () => 'webgpu',
    );
    await server.handle(START);
    await server.handle(GENERATE);
    await server.handle({ ...GENERATE, id: 4 });
    expect(opened).toEqual(['auto', 'webgpu only', 'webgpu only', 'wasm']);
    expect(posted.filter(({ type }) => type === 'failed')).toMatchObject([
      { id: 3, error: { code: 'device-lost', message: 'The device is gone.' } },
      { id: 4 },
    ]);
  });
});

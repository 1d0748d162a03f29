// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../tensor';
import { SHARED_INPUT as X, sharedConvolutions } from '../testing/shared-convolutions';
import { createWasmExecutor } from './executor';
import { detectFeatures } from './features';
import { FAILED, INSIDE, nextOf, type ToThread } from './threads/control';
import type { Helper } from './threads/crew';

const PATIENCE = { times: 2, milliseconds: 5 };

type Control = Int32Array;
/** What goes wrong in a helper when it is asked to take part in a run. */
type Fault = (control: Control, fail: () => void) => void;

/** Helpers of which the first ones have a fault; the others come too late for every run, and do no harm. */
function helpers(faulty: number, fault: Fault) {
  const made: { stopped: boolean }[] = [];
  const start = (): Helper => {
    const state = { stopped: false };
    const hasFault = made.push(state) <= faulty;
    let control: Control | undefined;
    let hear: Parameters<Helper['listen']>[0] = () => undefined;
    return {
      listen: (listener) => {
        hear = listener;
        hear({ kind: 'ready' });
      },
      post: (message: ToThread) => {
        if (message.kind === 'add') control = message.control;
        if (message.kind === 'run' && control && hasFault) fault(control, () => hear(undefined));
      },
      stop: () => (state.stopped = true),
    };
  };
  return { start, made };
}

/** Four runs with such helpers; bits, and where they came from. */
async function runOften(start: (() => Helper) | undefined) {
  const features = { ...detectFeatures(), threads: start !== undefined };
  const executor = await createWasmExecutor({ threads: 2, startHelper: start, features, patience: PATIENCE });
  const { graph, weights } = sharedConvolutions();
  const network = await executor.load(graph, weights);
  const outputs: Record<string, Tensor>[] = [];
  for (let run = 0; run < 4; run++) outputs.push(await network.run(X));
  const { device } = executor;
  await executor.dispose();
  return { outputs, device };
}

const FAULTS: readonly [string, Fault][] = [
  ['is ended with a task in its hands', (control) => void Atomics.add(control, nextOf(1), 1)],
  ['is ended inside a run', (control) => void Atomics.add(control, INSIDE, 1)],
  ['fails in a task', (control) => void Atomics.store(control, FAILED, 1)],
  ['is reported as broken', (_, fail) => fail()],
];

const { outputs } = await runOften(undefined);

describe.each(FAULTS)('a helper that %s', (_, fault) => {
  it('is replaced, and the work done again to the same bits', async () => {
    const { start, made } = helpers(1, fault);
    expect(await runOften(start)).toEqual({ outputs, device: 'CPU, 2 threads' });
    expect(made).toEqual([{ stopped: true }, { stopped: true }]);
  });

  it('is done without where those that replace it are no better', async () => {
    const { start, made } = helpers(Number.POSITIVE_INFINITY, fault);
    expect(await runOften(start)).toEqual({ outputs, device: 'CPU, 1 thread' });
    expect(made).toHaveLength(3);
    expect(made.every(({ stopped }) => stopped)).toBe(true);
  });
});

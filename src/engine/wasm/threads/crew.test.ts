// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { FromThread, ToThread } from './control';
import { awaitLeaving, awaitTasks, INSIDE, newControl, nextOf, reset, takeTasks } from './control';
import { Crew, type Helper } from './crew';

const SHORT = { times: 2, milliseconds: 5 };

function helper(answers: FromThread | undefined): { helper: Helper; posted: ToThread[]; stopped: () => boolean } {
  const posted: ToThread[] = [];
  let stopped = false;
  return {
    helper: {
      post: (message) => posted.push(message),
      listen: (hear) => hear(answers),
      stop: () => (stopped = true),
    },
    posted,
    stopped: () => stopped,
  };
}

describe('a crew', () => {
  it('counts the helpers that come, and sends the others away', async () => {
    const helpers = [helper({ kind: 'ready' }), helper(undefined)];
    const waiting = [...helpers];
    const crew = await Crew.gather(3, () => waiting.shift()!.helper);
    expect(crew.threads).toBe(2);
    expect(helpers.map(({ stopped }) => stopped())).toEqual([false, true]);
    crew.dispose();
    expect(helpers[0]?.stopped()).toBe(true);
  });
});

describe('the tasks of a kernel', () => {
  it('are each taken once, by whoever asks', () => {
    const control = newControl(2);
    reset(control);
    const taken: number[] = [];
    takeTasks(control, 1, 5, (task) => {
      taken.push(task);
      // Another thread comes in between.
      if (task === 1) takeTasks(control, 1, 5, (other) => taken.push(other));
    });
    expect(taken.toSorted()).toEqual([0, 1, 2, 3, 4]);
    expect(awaitTasks(control, 1, 5, SHORT)).toBe(true);
    takeTasks(control, 1, 5, () => expect.unreachable());
  });

  it('count as done where they fail, so that nobody waits for ever', () => {
    const control = newControl(1);
    reset(control);
    const fail = () => {
      throw new Error('unreachable');
    };
    for (let task = 0; task < 3; task++) expect(() => takeTasks(control, 0, 3, fail)).toThrow('unreachable');
    expect(awaitTasks(control, 0, 3, SHORT)).toBe(true);
  });

  it('are not waited for without end when who took one is gone', () => {
    const control = newControl(1);
    reset(control);
    Atomics.add(control, nextOf(0), 1);
    takeTasks(control, 0, 3, () => undefined);
    expect(awaitTasks(control, 0, 3, SHORT)).toBe(false);
    Atomics.add(control, INSIDE, 1);
    expect(awaitLeaving(control, SHORT)).toBe(false);
  });
});

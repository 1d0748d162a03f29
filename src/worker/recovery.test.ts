import { describe, expect, it } from 'vitest';
import { Recovery } from './recovery';

function started() {
  let time = 0;
  const recovery = new Recovery(() => time);
  return { recovery, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('recovery from a failing GPU', () => {
  it('asks for a new device after a loss, and takes the CPU after the third in a short time', () => {
    const { recovery, pass } = started();
    expect(recovery.remedy('device-lost')).toBe('reopen');
    pass(1000);
    expect(recovery.remedy('device-lost')).toBe('reopen');
    pass(1000);
    expect(recovery.remedy('device-lost')).toBe('cpu');
  });

  it('forgets losses of long ago', () => {
    const { recovery, pass } = started();
    for (let loss = 0; loss < 10; loss++) {
      expect(recovery.remedy('device-lost')).toBe('reopen');
      pass(61_000);
    }
  });

  it('takes the CPU where memory ran out or a kernel was refused, and leaves other failures alone', () => {
    const { recovery } = started();
    expect(recovery.remedy('out-of-memory')).toBe('cpu');
    expect(recovery.remedy('backend-failed')).toBe('cpu');
    expect(recovery.remedy('not-frontal-chest')).toBe('none');
  });

  it('waits longer before each return, up to ten minutes, and gives up after six', () => {
    const { recovery } = started();
    const waits = Array.from({ length: 7 }, () => recovery.wait('out-of-memory'));
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 600_000, undefined]);
  });

  it('never returns to a driver that refused a kernel', () => {
    expect(started().recovery.wait('backend-failed')).toBeUndefined();
  });

  it('begins with short waits again when the GPU has lasted', () => {
    const { recovery, pass } = started();
    recovery.wait('device-lost');
    recovery.wait('device-lost');
    recovery.returned();
    pass(60_000);
    expect(recovery.wait('device-lost')).toBe(120_000);
    recovery.returned();
    pass(600_000);
    expect(recovery.wait('device-lost')).toBe(30_000);
  });
});

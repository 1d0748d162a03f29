import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aloneInSetup, lockFile, onceInSetup } from './setup-lock.mjs';

let root = '';
beforeEach(() => {
  root = `/no/such/clone/${crypto.randomUUID()}`;
});
afterEach(() => rm(lockFile(root), { force: true }));

describe('setting a clone up', () => {
  it('is done by one command at a time; the second waits and says for whom', async () => {
    /** @type {string[]} */
    const order = [];
    /** @type {string[]} */
    const told = [];
    /** @param {string} name */
    const work = (name) => async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push(`${name} ends`);
    };
    const options = { look: 5, tell: /** @param {string} text */ (text) => told.push(text) };
    await Promise.all([aloneInSetup(root, work('one'), options), aloneInSetup(root, work('other'), options)]);
    expect(order.filter((_, index) => index % 2 === 0).map((each) => each.replace(' begins', ' ends'))).toEqual(
      order.filter((_, index) => index % 2 === 1),
    );
    expect(told).toEqual([expect.stringContaining(String(process.pid))]);
    expect(existsSync(lockFile(root))).toBe(false);
  });

  it('does not wait for a command that has died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await writeFile(lockFile(root), String(child.pid));
    await expect(aloneInSetup(root, () => Promise.resolve('done'), { look: 5 })).resolves.toBe('done');
  });

  it('lets go when it fails', async () => {
    await expect(aloneInSetup(root, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
    expect(existsSync(lockFile(root))).toBe(false);
  });

  it('is one clone with and without a slash at its end', () => {
    expect(lockFile(`${root}/`)).toBe(lockFile(root));
  });

  it('is done once by all that ask for it at the same time, and not at all where it is done', async () => {
    let times = 0;
    let done = false;
    const isDone = () => Promise.resolve(done);
    const work = async () => {
      times++;
      await new Promise((resolve) => setTimeout(resolve, 30));
      done = true;
    };
    const quiet = { look: 5, tell: () => undefined };
    await Promise.all([1, 2, 3].map(() => onceInSetup(root, isDone, work, quiet)));
    await onceInSetup(root, isDone, work, quiet);
    expect(times).toBe(1);
  });
});

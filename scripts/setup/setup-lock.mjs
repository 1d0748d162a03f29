import { createHash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './command.mjs';

const LOOK_MILLISECONDS = 500;
/** A lock that does not name its holder yet was made this moment, or its holder died in it. */
const NAMELESS_LOOKS = 10;

/**
 * One file a clone, outside it: what is being set up is deleted and made anew.
 * @param {string} root
 */
export function lockFile(root) {
  return join(
    tmpdir(),
    `counterpart-setup-${createHash('sha256').update(resolve(root)).digest('hex').slice(0, 16)}.lock`,
  );
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * @param {string} file
 * @returns {Promise<boolean>} false: somebody has it
 */
async function take(file) {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Runs `work` while no other command sets up the same clone: two at once would delete each other's packages. Whoever comes second
 * waits and says so; a lock whose holder is gone is taken over.
 * @template Result
 * @param {string} root the repository
 * @param {() => Promise<Result>} work
 * @param {{ tell?: (text: string) => void, look?: number }} [options]
 * @returns {Promise<Result>}
 */
export async function aloneInSetup(root, work, { tell = say, look = LOOK_MILLISECONDS } = {}) {
  const file = lockFile(root);
  let told = false;
  for (let nameless = 0; !(await take(file));) {
    const holder = await readFile(file, 'utf8').catch(() => '');
    nameless = holder === '' ? nameless + 1 : 0;
    if (nameless > NAMELESS_LOOKS || (holder !== '' && !isRunning(Number(holder)))) {
      await rm(file, { force: true });
      continue;
    }
    if (!told && holder !== '') {
      tell(`another command (process ${holder}) is setting up this folder: waiting until it is done ...`);
      told = true;
    }
    await wait(look);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Does what has to be done once in a clone, alone, unless it is done already: also when another command did it meanwhile.
 * @param {string} root the repository
 * @param {() => Promise<boolean>} isDone
 * @param {() => Promise<void>} work
 * @param {Parameters<typeof aloneInSetup>[2]} [options]
 */
export async function onceInSetup(root, isDone, work, options) {
  if (await isDone()) return;
  await aloneInSetup(
    root,
    async () => {
      if (!(await isDone())) await work();
    },
    options,
  );
}

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODEC_FIXTURES } from '../../src/dicom/testing/codec-fixtures';
import { chestAttributes, writeDicom } from '../../src/dicom/testing/write-dicom';
import { bundleCommandLine } from './bundle.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the packed command line', () => {
  /** @type {string} */
  let folder;
  const counterpart = (/** @type {string[]} */ ...args) =>
    run(process.execPath, [join(folder, 'package', 'counterpart.mjs'), ...args], { cwd: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'counterpart-pack-'));
    await bundleCommandLine(root, join(folder, 'package'));
    await symlink(join(root, 'models'), join(folder, 'package', 'models'), 'junction');
    await writeFile(join(folder, 'package', 'package.json'), '{"type": "module", "version": "9.8.7"}');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reads a shipped sample and a JPEG-LS film from another folder, with nothing of the repository but the networks', async () => {
    const sample = join(root, 'models', 'samples', 'nih-00000001-000.png');
    const fixture = CODEC_FIXTURES.find(({ title }) => title.includes('JPEG-LS'));
    if (fixture === undefined) throw new Error('there is a JPEG-LS file');
    const { transferSyntax, bits, file } = fixture;
    const attributes = chestAttributes(64, 64, bits);
    const fragments = [Buffer.from(file, 'base64')];
    await writeFile(join(folder, 'ls.dcm'), writeDicom({ transferSyntax, attributes, fragments }));
    const { stdout } = await counterpart('read', sample, 'ls.dcm', '--json');
    /** @type {{ film: string, frontalChest: number }[]} */
    const films = JSON.parse(`[${stdout.trim().split('\n').join(',')}]`);
    const frontal = (/** @type {string} */ name) => films.find(({ film }) => film.endsWith(name))?.frontalChest;
    expect(frontal('nih-00000001-000.png')).toBeGreaterThan(0.5);
    // A ramp of grey: read, and no chest.
    expect(frontal('ls.dcm')).toBeLessThan(0.5);
    // What it says has its values in it.
    await expect(counterpart('edit', sample, '--say', 'purple zebra', '--out', 'out')).rejects.toMatchObject({
      stderr: expect.stringContaining('unrecognised: “purple”, “zebra”'),
    });
    expect((await counterpart('--version')).stdout.trim()).toBe('9.8.7');
  });

  it('brings the script of its threads', async () => {
    const thread = new Worker(join(folder, 'package', 'lib', 'thread.cjs'));
    expect(await once(thread, 'message')).toEqual([{ kind: 'ready' }]);
    await thread.terminate();
  });
});

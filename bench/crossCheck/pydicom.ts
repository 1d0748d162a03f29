/** What pydicom makes of files, by way of reference.py. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Reference } from './compare';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const run = promisify(execFile);

/** The project's own environment, or what COUNTERPART_PYTHON names. */
export const PYTHON =
  process.env['COUNTERPART_PYTHON'] ??
  (existsSync(here('../../.venv/bin/python')) ? here('../../.venv/bin/python') : 'python3');

/** Where the files lie that the pydicom package brings; undefined without it. */
export async function pydicomFiles(): Promise<string | undefined> {
  const script = 'import pydicom.data, pathlib; print(pathlib.Path(pydicom.data.__file__).parent)';
  const folder = await run(PYTHON, ['-c', script]).catch(() => undefined);
  return folder?.stdout.trim();
}

/** One reference a file, in their order; undefined without pydicom. */
export async function pydicomReads(files: readonly string[]): Promise<readonly Reference[] | undefined> {
  if ((await pydicomFiles()) === undefined) return undefined;
  const out = await mkdtemp(join(tmpdir(), 'counterpart-'));
  try {
    const { stdout } = await run(PYTHON, [here('./reference.py'), out, ...files], { maxBuffer: 1 << 28 });
    const lines = stdout.trim().split('\n');
    const array = async (name: string): Promise<ArrayBuffer> => Uint8Array.from(await readFile(join(out, name))).buffer;
    return await Promise.all(
      lines.map(async (line, at): Promise<Reference> => {
        const said = JSON.parse(line) as Reference & { readonly shown?: boolean };
        if (said.state !== 'read') return said;
        const stored = new Int32Array(await array(`${String(at)}.stored`));
        return said.shown === true
          ? { ...said, stored, grey: new Float32Array(await array(`${String(at)}.shown`)) }
          : { ...said, stored };
      }),
    );
  } finally {
    await rm(out, { recursive: true });
  }
}

// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMPOSED_BY } from '../../counterfactual/composedBy';
import { DRAWN_BY } from '../../counterfactual/sketch/drawnBy';
import { itemId } from '../../run/item';
import { lineOf } from '../../run/journal';
import { main } from '../main';

let folder = '';
let said = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-verify-'));
  said = '';
  mkdirSync(join(folder, 'recipes'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sampled = { sampler: 'twin-flow', seed: 1, steps: 12, guidance: 4, maxTime: 0.9, shift: 1, averages: 1 };
const erased = { kind: 'remove', finding: 'lung_opacity', places: ['left_upper'], severity: 0 };
const drawn = [{ finding: 'nodule', severity: 2, places: ['left_upper'], amount: 20, unit: 'mm', options: {} }];

/** One result of each recipe. */
async function verified(recipes: readonly object[]): Promise<number> {
  const lines = recipes.map((recipe, index) => {
    const files = [`recipes/${String(index)}.json`];
    const item = { id: itemId('film.png', String(index), 1), film: 'film.png', request: String(index), seed: 1 };
    writeFileSync(join(folder, files[0] ?? ''), JSON.stringify({ recipe, receipt: { verdict: 'green' } }));
    return lineOf({ status: 'done', item, files, row: { receipt: 'green' }, milliseconds: 1 });
  });
  writeFileSync(join(folder, 'journal.jsonl'), lines.join(''));
  const tell = (text: string): void => {
    said += text;
  };
  const context = { root: pathToFileURL(`${folder}/`), version: '0.0.0', out: tell, err: tell };
  return main(['verify', folder], { ...context, signal: new AbortController().signal });
}

describe('a run that is verified', () => {
  it('tells what another release made, which this one does not make to the same bits, and finds no fault in it', async () => {
    const code = await verified([
      { edit: erased, sampling: sampled },
      { edit: erased, sampling: sampled },
      {
        edit: { ...erased, kind: 'add', severity: 2 },
        sampling: { sampler: 'sketch', seed: 1 },
        drawn,
        drawnBy: '0.9.9',
      },
    ]);
    expect(code).toBe(0);
    expect(said).toContain('3 results, 0 faults');
    expect(said).toMatch(/of 2: A release before 0\.18\.0 erased it.*chest wall/);
    expect(said).toMatch(/of 1: Release 0\.9\.9 drew it/);
  });

  it('tells nothing of what this release makes so', async () => {
    await verified([
      { edit: erased, sampling: sampled, composedBy: COMPOSED_BY },
      { edit: erased, sampling: { sampler: 'sketch', seed: 1 }, drawn, drawnBy: DRAWN_BY },
      // Only erasures came otherwise before.
      { edit: { ...erased, kind: 'add', severity: 2 }, sampling: sampled },
    ]);
    expect(said).toBe('3 results, 0 faults\n');
  });
});

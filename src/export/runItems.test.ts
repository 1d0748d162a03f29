import { describe, expect, it } from 'vitest';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import { made as counterfactual, RULERS } from '../counterfactual/testing/receipts';
import { encodeGreyPng } from '../imaging/png-encode';
import type { Done } from '../run/item';
import { memoryFiles } from '../run/testing/memoryFiles';
import { itemsOfRun, loadResult, type PatientKey } from './runItems';
import { runSink } from './runSink';
import { fakeResult, memorySink } from './testing/fakes';
import { exportResults } from './write';

interface Made {
  readonly film: string;
  readonly origin?: string;
  readonly patient?: string;
  readonly donor?: string;
}

function itemsOf(made: readonly Made[], patients?: ReadonlyMap<string, PatientKey>) {
  const outcomes = made.map(({ film, donor, origin = `hash of ${film}`, patient = origin }, at): [string, Done] => [
    String(at),
    {
      status: 'done',
      item: { id: String(at), film, request: '', seed: 1, ...(donor !== undefined && { donor: { film: donor } }) },
      files: [],
      row: { origin, patient, ...(donor !== undefined && { donor_origin: `hash of ${donor}` }) },
      milliseconds: 1,
    },
  ]);
  return itemsOfRun(
    memoryFiles(),
    { outcomes: new Map(outcomes), plan: undefined, decisions: new Map() },
    { all: true, patients, films: undefined, open: () => Promise.reject(new Error('nothing is opened')) },
  );
}

describe('whom the results of a run show', () => {
  it('is one patient for all frames of a file, and nobody known for films of their own', () => {
    const items = itemsOf([
      { film: 'cine.dcm#1' },
      { film: 'cine.dcm#2' },
      { film: 'cine.dcm' },
      { film: 'other.dcm#2' },
    ]);
    const [first, second, whole, other] = items.map(({ patient }) => patient);
    expect(first).toBeDefined();
    expect([second, whole, other]).toEqual([first, first, undefined]);
  });

  it('is the same for a donor that is a frame of a file from which results were made', () => {
    const [own, swap] = itemsOf([{ film: 'cine.dcm#1' }, { film: 'chest.png', donor: 'cine.dcm#2' }]);
    expect(own?.patient).toBeDefined();
    expect(swap?.donor?.patient).toBe(own?.patient);
    expect(swap?.patient).toBeUndefined();
  });

  it('is what the rows or the table of patients say of one frame, or of the file', () => {
    const rows = itemsOf([{ film: 'cine.dcm#1', patient: 'p7' }, { film: 'cine.dcm#2' }]);
    expect(rows.map(({ patient }) => patient)).toEqual(['p7', 'p7']);
    const keys = new Map<string, PatientKey>([['cine.dcm', { patient: 'p8', split: 'test' }]]);
    const items = itemsOf([{ film: 'cine.dcm#1' }, { film: 'chest.png', donor: 'cine.dcm#2' }], keys);
    expect(items[0]).toMatchObject({ patient: 'p8', split: 'test' });
    expect(items[1]?.donor).toMatchObject({ patient: 'p8', split: 'test' });
  });
});

describe('the picture of a result', () => {
  it('names no film, though its own file has the numbers of an instance', async () => {
    const mask = encodeGreyPng(64, 64, new Uint8Array(64 * 64));
    const recipe = JSON.stringify({ recipe: counterfactual({}).recipe });
    const files = memoryFiles();
    await files.write('images/a.dcm', new Uint8Array(1));
    await files.write('masks/a.png', mask);
    await files.write('recipes/a.json', new TextEncoder().encode(recipe));
    const opened = {
      ...fakeRadiograph(64, 64, 8),
      dicomReference: { studyInstanceUid: '1', seriesInstanceUid: '2', sopClassUid: '3', sopInstanceUid: '4' },
    };
    const result = await loadResult(files, ['images/a.dcm', 'masks/a.png', 'recipes/a.json'], () =>
      Promise.resolve(opened),
    );
    const image = await result.image();
    expect(image).toMatchObject({ synthetic: true, width: opened.width });
    expect(image.dicomReference).toBeUndefined();
  });
});

describe('an export of a run', () => {
  it('hands pictures and masks on as the run has written them, and decodes none', async () => {
    const files = memoryFiles();
    const { counterfactual: result } = fakeResult();
    const item = { id: 'a', film: 'film.png', request: 'words', seed: 7 };
    const sink = runSink(files, 'png', { release: '1', rulers: RULERS });
    const source = { ...result.image, synthetic: false };
    const written = await sink.write(item, source, result);
    const outcome: Done = { status: 'done', item, ...written, milliseconds: 1 };
    const [exported] = itemsOfRun(
      files,
      { outcomes: new Map([['a', outcome]]), plan: undefined, decisions: new Map() },
      { all: true, films: undefined, open: () => Promise.reject(new Error('nothing is opened')) },
    );
    const target = memorySink();
    const asked = { formats: ['png', 'masks', 'recipes'], version: '1', title: 'set' };
    expect(await exportResults(exported === undefined ? [] : [exported], target, asked)).toMatchObject({ written: 1 });
    for (const path of ['images/a.png', 'masks/a.png']) expect(target.files.get(path)).toEqual(await files.read(path));
  });
});

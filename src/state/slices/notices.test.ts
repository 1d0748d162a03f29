import { describe, expect, it } from 'vitest';
import { generate } from '../commands/generate';
import { openFiles } from '../commands/openFiles';
import { retryJob } from '../commands/queue';
import { typeText } from '../commands/request';
import { startEngine } from '../commands/startEngine';
import { fakeCounterfactual, fakeFile, fakeStudio } from '../testing/fakes';
import { openPage, work } from '../testing/page';
import { saveProject } from '../project/saveProject';
import type { CounterfactualWorker } from '../services';

/** A worker that fails until it is told not to. */
async function studioThatFails() {
  let fails = true;
  const work = (...[source, edit, { seed }]: Parameters<CounterfactualWorker['generate']>) =>
    fails ? Promise.reject(new Error('no')) : Promise.resolve(fakeCounterfactual(source, edit, seed));
  const studio = fakeStudio({ worker: { generate: work } });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  await generate(studio);
  const titles = () => studio.store.getState().notices.map(({ title }) => title);
  expect(titles()).toHaveLength(1);
  return { studio, titles, mend: () => (fails = false) };
}

describe('a message that something failed', () => {
  it('goes with the job that it is about, when that is tried again', async () => {
    const { studio, titles, mend } = await studioThatFails();
    mend();
    retryJob(studio, studio.store.getState().jobs[0]?.job.id ?? '');
    expect(titles()).toEqual([]);
  });

  it('goes with the radiograph that it is about', async () => {
    const { studio, titles } = await studioThatFails();
    studio.store.getState().closeDocument(studio.store.getState().currentId ?? '');
    expect(titles()).toEqual([]);
  });

  it('goes when the project could be saved after all', async () => {
    const page = await openPage();
    page.storage.failure = new Error('no room');
    await work(page);
    await saveProject(page.studio);
    expect(page.state().notices).toHaveLength(1);
    page.storage.failure = undefined;
    typeText(page.studio, 'mild left upper zone opacity');
    await saveProject(page.studio);
    expect(page.state().notices).toEqual([]);
  });

  it('can be dismissed', async () => {
    const { studio, titles } = await studioThatFails();
    studio.store.getState().dismissNotice(studio.store.getState().notices[0]?.id ?? 0);
    expect(titles()).toEqual([]);
  });
});

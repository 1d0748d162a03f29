import { expect, it } from 'vitest';
import { laterChunks } from './later-chunks';

const imports: Readonly<Record<string, readonly string[]>> = {
  dialog: ['button', 'table', 'writer'],
  other: ['button'],
  writer: ['bytes', 'random'],
  worker: ['random', 'networks'],
};
const modules = {
  getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [], dynamicallyImportedIds: [] }),
};
const groups = () => laterChunks({ writing: ['writer'], dialogs: ['dialog', 'other'] }, ['worker']);
/** The group that is asked first takes a module. */
const chunkOf = (id: string) =>
  groups()
    .map(({ name }) => name(id, modules))
    .find((name) => name !== null);

it('takes together what is fetched for one purpose, and what others need too with the first', () => {
  expect(['dialog', 'other', 'button', 'table'].map(chunkOf)).toEqual(Array(4).fill('dialogs'));
  expect(['writer', 'bytes'].map(chunkOf)).toEqual(['writing', 'writing']);
});

it('keeps apart what a worker runs at once, lest it fetch a dialog', () => {
  expect(chunkOf('random')).toBe('later');
  expect(['worker', 'networks'].map(chunkOf)).toEqual([undefined, undefined]);
});

import { expect, it } from 'vitest';
import { pageChunks } from './page-chunks';

const imports: Readonly<Record<string, readonly string[]>> = {
  page: ['app', 'shared', 'deep', 'schema', 'inflate'],
  // In a circle.
  app: ['store', 'shared'],
  store: ['app'],
  other: ['shared', 'own'],
  shared: ['deep'],
  third: ['deep'],
  worker: ['schema', 'deep'],
  opener: ['deep'],
  // Fetched when it is opened.
  dialog: ['store'],
  reader: ['inflate'],
};
const later: Readonly<Record<string, readonly string[]>> = { page: ['dialog'], opener: ['reader'], other: ['inflate'] };
const modules = {
  getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [], dynamicallyImportedIds: later[id] ?? [] }),
};
const groups = () => pageChunks(['first', 'page'], { other: 'other', third: 'third' }, ['worker', 'opener']);
const named = (id: string) =>
  groups()
    .map(({ name }) => name(id, modules))
    .filter((name) => name !== null);

it('takes what a page runs at once together, and what others run too by who they are', () => {
  expect(['page', 'app', 'store'].map(named)).toEqual([['first'], ['first'], ['first']]);
  expect(named('shared')).toEqual(['first-other']);
  expect(named('deep')).toEqual(['first-other-third-workers']);
  for (const id of ['other', 'own', 'third', 'dialog', 'worker', 'opener', 'reader']) expect(named(id)).toEqual([]);
});

it('gives workers a chunk of what they share with the page, of what they fetch later too', () => {
  expect(named('schema')).toEqual(['first-workers']);
  expect(named('inflate')).toEqual(['first-workers']);
});

it('asks first for what most entries share, which a group of fewer would take along', () => {
  const at = (id: string) => groups().findIndex(({ name }) => name(id, modules) !== null);
  expect(at('deep')).toBeLessThan(at('shared'));
  expect(at('shared')).toBeLessThan(at('app'));
});

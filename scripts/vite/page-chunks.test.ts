import { expect, it } from 'vitest';
import { pageChunks } from './page-chunks';

const imports: Readonly<Record<string, readonly string[]>> = {
  page: ['app', 'shared', 'deep'],
  // In a circle.
  app: ['store', 'shared'],
  store: ['app'],
  other: ['shared', 'own'],
  shared: ['deep'],
  third: ['deep'],
  // Fetched when it is opened.
  dialog: ['store'],
};
const modules = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) };

it('takes what a page runs at once together, and what others run too by who they are', () => {
  const groups = pageChunks(['first', 'page'], { other: 'other', third: 'third' });
  const named = (id: string) => groups.map(({ name }) => name(id, modules)).filter((name) => name !== null);
  expect(['page', 'app', 'store'].map(named)).toEqual([['first'], ['first'], ['first']]);
  expect(named('shared')).toEqual(['first-other']);
  expect(named('deep')).toEqual(['first-other-third']);
  for (const id of ['other', 'own', 'third', 'dialog']) expect(named(id)).toEqual([]);
});

it('asks first for what most pages share, which a group of fewer would take along', () => {
  const groups = pageChunks(['first', 'page'], { other: 'other', third: 'third' });
  const at = (id: string) => groups.findIndex(({ name }) => name(id, modules) !== null);
  expect(at('deep')).toBeLessThan(at('shared'));
  expect(at('shared')).toBeLessThan(at('app'));
});

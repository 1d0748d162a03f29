import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { classNames } from './class-names.ts';

const folder = join(import.meta.dirname, '../../src');
const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.module.css'),
);

it('gives each class of each style sheet a name of its own, the same whatever is asked first', () => {
  const [there, back] = [classNames(folder), classNames(folder)];
  const asked = sheets.flatMap((sheet) => {
    const names = new Set(readFileSync(join(folder, sheet), 'utf8').match(/(?<=\.)[a-z][\w-]*(?=[^{}]*\{)/gi));
    return [...names].map((name) => [name, join(folder, sheet)] as const);
  });
  const given = asked.map(([name, file]) => there(name, file));
  expect(asked.length).toBeGreaterThan(500);
  expect(new Set(given).size).toBe(asked.length);
  for (const name of given) expect(name).toMatch(/^_[0-9a-z]{3,5}$/);
  const backwards = asked.toReversed().map(([name, file]) => back(name, `${file}?used`));
  expect(backwards.reverse()).toEqual(given);
});

it('names what it does not know', () => {
  expect(() => classNames(folder)('a', join(folder, 'none.module.css'))).toThrow('none.module.css is not in');
  expect(() => classNames(folder)('none-such', join(folder, sheets[0] ?? ''))).toThrow('has no none-such');
});

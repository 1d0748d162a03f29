import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { noticesOf } from './third-party';

const require = createRequire(import.meta.url);
const folder = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const APACHE = 'The text of the licence.';

it('tells each package once with its licence, and our own modules not at all', () => {
  const react = join(folder('react'), 'index.js');
  const notices = noticesOf([react, `${react}?used`, '\0virtual', import.meta.filename], APACHE);
  expect(notices.match(/^## /gm)).toHaveLength(1);
  expect(notices).toMatch(/^## react [\d.]+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Meta/m);
  expect(notices).not.toContain(APACHE);
});

it('takes the notice from a module where a package has no licence file, and adds the licence that it names', () => {
  const notices = noticesOf([join(folder('@tensorflow/tfjs-core'), 'dist', 'engine.js')], APACHE);
  expect(notices).toMatch(/^## @tensorflow\/tfjs-core [\d.]+ \(Apache-2.0\)\n\nCopyright \d+ Google LLC/m);
  expect(notices.endsWith(`## Apache-2.0\n\n${APACHE}`)).toBe(true);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import format, { type CompiledMessage } from 'icu-minify/format';
import { afterEach, describe, expect, it } from 'vitest';
import * as catalogue from './catalogue';
import { formatters } from './formatters';
import { ENGLISH, speak, type Language } from './language';
import type { Message } from './message';

const SOURCES = join(import.meta.dirname, '..');
const ALL = Object.entries(catalogue as unknown as Record<string, Record<string, Message>>).flatMap(
  ([area, messages]) => Object.entries(messages).map(([name, message]) => ({ area, name, message })),
);
const LANGUAGES = Object.values(import.meta.glob<{ readonly default: Language }>('./*/index.ts', { eager: true })).map(
  (module) => module.default,
);

/** What a compiled message asks for: "name" of a value, "<name>" of a tag. */
function asked(compiled: unknown): readonly string[] {
  if (!Array.isArray(compiled))
    return typeof compiled === 'object' && compiled !== null ? Object.values(compiled).flatMap(asked) : [];
  return compiled.flatMap((part: unknown): readonly string[] => {
    if (!Array.isArray(part)) return [];
    const [name, kind, ...rest] = part as unknown as readonly [string, unknown, ...unknown[]];
    if (kind === undefined) return [name];
    return typeof kind === 'number' ? [name, ...rest.flatMap(asked)] : [`<${name}>`, ...asked([kind, ...rest])];
  });
}

function said(compiled: CompiledMessage, locale: string): string {
  const values = asked(compiled).map((name) =>
    name.startsWith('<') ? [name.slice(1, -1), (children: readonly unknown[]) => children.join('')] : [name, 2],
  );
  return String(format(compiled, locale, Object.fromEntries(values) as Parameters<typeof format>[2], { formatters }));
}

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(join('src', 'messages', 'en')));
}

/** "area.name" of every message that a source takes from the catalogue. */
function usedIn(source: string): readonly string[] {
  return [...source.matchAll(/import \* as (\w+) from '[^']*\/en\/(\w+)'/g)].flatMap(([, alias = '', area = '']) =>
    [...source.matchAll(new RegExp(`\\b${alias}\\.(\\w+)`, 'g'))].map(([, name = '']) => `${area}.${name}`),
  );
}

afterEach(() => {
  speak(ENGLISH);
});

describe('the catalogue', () => {
  it('holds every file of English', () => {
    const files = readdirSync(join(import.meta.dirname, 'en')).map((file) => file.replace(/\.ts$/, ''));
    expect(Object.keys(catalogue).sort()).toEqual(files.sort());
  });

  it('says something with every message, in every language', () => {
    for (const { locale, textOf } of [ENGLISH, ...LANGUAGES]) {
      for (const { area, name, message } of ALL) {
        const words = said(textOf(message, message.english) ?? message.english, locale);
        expect(words.trim(), `${area}.${name} in ${locale}`).not.toBe('');
        expect(words, `${area}.${name} in ${locale}`).not.toContain('undefined');
      }
    }
  });

  it('asks in every language for no other values than in English', () => {
    for (const { locale, textOf } of LANGUAGES) {
      for (const { area, name, message } of ALL) {
        const own = asked(textOf(message, message.english));
        expect(
          own.filter((value) => !asked(message.english).includes(value)),
          `${area}.${name} in ${locale}`,
        ).toEqual([]);
      }
    }
  });

  it('holds no message that nothing says', () => {
    const used = new Set(sourcesBelow(SOURCES).flatMap((path) => usedIn(readFileSync(path, 'utf8'))));
    expect(ALL.map(({ area, name }) => `${area}.${name}`).filter((message) => !used.has(message))).toEqual([]);
  });
});

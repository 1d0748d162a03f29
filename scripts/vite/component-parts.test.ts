import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { dropDisplayNames, dropKeys, dropNames } from './component-parts.ts';

const installed = (...path: string[]) => join(import.meta.dirname, '../../node_modules', ...path);
const dropped = (code: string): string => dropNames(code, parseSync('component.mjs', code).program);

describe('components in a build', () => {
  it('have functions without the names that were given back to them', () => {
    const code =
      'const a = /* @__PURE__ */ __name((x) => f(x, "y"), "a");\n__name(b, "b");\ng("c", __name(() => __name(d, "d"), "e"));';
    expect(dropped(code)).toBe('const a = /* @__PURE__ */ ((x) => f(x, "y"));\n(b);\ng("c", (() => (d)));');
  });

  it('are still what they were', () => {
    const packages = readdirSync(installed('@radix-ui'));
    expect(packages.length).toBeGreaterThan(30);
    const shorter = packages.filter((name) => {
      const code = readFileSync(installed('@radix-ui', name, 'dist/index.mjs'), 'utf8');
      const after = dropped(code);
      expect(parseSync('component.mjs', after).errors).toEqual([]);
      expect(after).not.toContain('__name(');
      return after.length < code.length;
    });
    expect(shorter.length).toBeGreaterThan(20);
  });

  it('have icons without keys, and else with all that draws them', () => {
    const eye = readFileSync(installed('lucide-react/dist/esm/icons/eye.mjs'), 'utf8');
    expect(dropKeys(eye)).not.toContain('key:');
    expect(dropKeys(eye)).toContain('["circle", { cx: "12", cy: "12", r: "3" }]');
    const create = readFileSync(installed('lucide-react/dist/esm/createLucideIcon.mjs'), 'utf8');
    const after = dropDisplayNames(create);
    expect(after).toContain('return Component;');
    expect(parseSync('icon.mjs', after).errors).toEqual([]);
    expect(() => dropDisplayNames(after)).toThrow('displayName');
  });
});

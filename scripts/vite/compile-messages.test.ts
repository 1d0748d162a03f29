import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { compileMessages } from './compile-messages.ts';

const compiled = (code: string): string => compileMessages(code, parseSync('messages.js', code).program);

describe('messages when they are bundled', () => {
  it('are compiled where they are declared and where they are given in another language', () => {
    expect(compiled("const a = message('Undo'), b = message('of {name}');")).toBe(
      'const a = /* @__PURE__ */ message("Undo"), b = /* @__PURE__ */ message(["of ",["name"]]);',
    );
    expect(compiled("f([inPlaceOf(en.undo, 'Cofnij {n}')]);")).toBe(
      'f([/* @__PURE__ */ inPlaceOf(en.undo, ["Cofnij ",["n"]])]);',
    );
  });

  it('leave everything else as it is', () => {
    const code = "const a = 'message'; other('{x');";
    expect(compiled(code)).toBe(code);
  });

  it('stop the build where they are no ICU MessageFormat, or no literal', () => {
    expect(() => compiled("message('{count, plural, one {# seed}')")).toThrow('This is no ICU MessageFormat: {count');
    expect(() => compiled('message(`of ${name}`)')).toThrow('has to be a literal');
  });
});

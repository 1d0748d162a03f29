import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';
import { callsTo, type Node } from './syntax.ts';

/** What declares a message, and what gives it in another language: the text is the last argument. */
const DECLARING = new Set(['message', 'inPlaceOf']);

/**
 * The module with its ICU texts compiled to what `icu-minify/format` reads.
 * @param program the module's syntax tree
 * @throws Error that names the text that is no ICU MessageFormat, or that is not a literal
 */
export function compileMessages(code: string, program: unknown): string {
  let compiled = code;
  const calls = [...callsTo(program, DECLARING)].sort((a, b) => b.start - a.start);
  for (const { start, arguments: given } of calls) {
    const text = (given as readonly Node[]).at(-1);
    if (text?.type !== 'Literal' || typeof text['value'] !== 'string')
      throw new Error(`A message has to be a literal: ${code.slice(start, start + 80)}`);
    const replacement = JSON.stringify(compileText(text['value']));
    compiled = `${compiled.slice(0, start)}/* @__PURE__ */ ${compiled.slice(start, text.start)}${replacement}${compiled.slice(text.end)}`;
  }
  return compiled;
}

function compileText(text: string): ReturnType<typeof compile> {
  try {
    return compile(text);
  } catch (cause) {
    throw new Error(`This is no ICU MessageFormat: ${text}`, { cause });
  }
}

/** Compiles the catalogue when it is bundled, so that neither a parser of messages nor eval is shipped. */
export function messages(): Plugin {
  return {
    name: 'counterpart:messages',
    transform: {
      filter: { id: /[\\/]src[\\/]messages[\\/].*\.ts(?:\?|$)/, code: /\b(?:message|inPlaceOf)\(/ },
      handler(code) {
        return { code: compileMessages(code, this.parse(code)), map: null };
      },
    },
  };
}

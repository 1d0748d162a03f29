import type { Plugin } from 'vite';

/** zod's core with its compiler switched off before the first schema is made. */
export function switchOffCompiler(code: string): string {
  return `${code}\nglobalConfig.jitless = true;\n`;
}

/**
 * Keeps zod from asking whether it may compile schemas with `new Function`. The content security policy says no, which
 * zod survives, but every page would report a violation. Set here rather than in the sources, where it would depend on
 * the order of imports in the page and in every worker.
 */
export function zodWithoutEval(): Plugin {
  return {
    name: 'counterpart:zod-without-eval',
    transform: {
      filter: { id: /[\\/]zod[\\/]v4[\\/]core[\\/]core\.js(?:\?|$)/ },
      handler: (code) => ({ code: switchOffCompiler(code), map: null }),
    },
  };
}

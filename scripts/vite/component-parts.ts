import type { Plugin } from 'vite';
import { callsTo, type Node } from './syntax.ts';

const ICON_KEY = /,\s*key: "[a-z0-9]+"/g;
const DISPLAY_NAME = /if \(iconData\.name\) \{\s*Component\.displayName = [^;]*;\s*\}/;

/** An icon without the keys of its parts. The list of an icon's parts never changes, so React tells them apart by their places. */
export function dropKeys(code: string): string {
  return code.replace(ICON_KEY, '');
}

/** Icons without the names that React's developer tools show. @throws Error when the file does not look as expected */
export function dropDisplayNames(code: string): string {
  const dropped = code.replace(DISPLAY_NAME, '');
  if (dropped === code) throw new Error('component-parts: displayName was not found.');
  return dropped;
}

/**
 * A module without the names that its authors' bundler gave back to functions, for stack traces alone.
 * @param program the module's syntax tree
 */
export function dropNames(code: string, program: unknown): string {
  const calls = [...callsTo(program, new Set(['__name']))];
  const cuts = calls.flatMap(({ end, arguments: given }) => {
    const [named, name] = given as readonly Node[];
    return named === undefined || name === undefined ? [] : [{ from: named.end, to: end - 1 }];
  });
  const helpers = calls.map((call) => (call['callee'] as Node).start);
  const edits = [...cuts, ...helpers.map((at) => ({ from: at, to: at + '__name'.length }))];
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((changed, { from, to }) => changed.slice(0, from) + changed.slice(to), code);
}

/** Leaves behind what the component library and the icons carry for developers alone. */
export function componentParts(): Plugin[] {
  return [
    {
      name: 'counterpart:component-names',
      apply: 'build',
      transform: {
        filter: { id: /@radix-ui[\\/].*\.m?js(?:\?|$)/, code: /\b__name\(/ },
        handler(code) {
          return { code: dropNames(code, this.parse(code)), map: null };
        },
      },
    },
    {
      name: 'counterpart:icon-keys',
      apply: 'build',
      transform: {
        filter: { id: /lucide-react[\\/]dist[\\/]esm[\\/](?:icons[\\/].*|createLucideIcon)\.m?js(?:\?|$)/ },
        handler: (code, id) => ({
          code: id.includes('createLucideIcon') ? dropDisplayNames(code) : dropKeys(code),
          map: null,
        }),
      },
    },
  ];
}

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const NAME = /[A-Za-z_][\w-]*/g;

/**
 * Names of classes for a build: the style sheet's place in the list of all, and the name's place in its style sheet. They are the same
 * in every build of the same sources, and short: by itself Vite names each class by a hash and its line, which no compression shortens.
 * @param folder absolute path of the folder that all style sheets (`*.module.css`) are in
 * @returns what CSS modules ask for the name of a class, by its name in the source and the path of its file
 */
export function classNames(folder: string): (name: string, file: string) => string {
  const pathOf = (file: string) => relative(folder, file.split('?')[0] ?? '').replaceAll(sep, '/');
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.module.css'))
    .map((file) => file.replaceAll(sep, '/'))
    .sort();
  const width = (sheets.length - 1).toString(36).length;
  const namesOf = new Map<string, readonly string[]>();
  return (name, file) => {
    const sheet = pathOf(file);
    const place = sheets.indexOf(sheet);
    if (place < 0) throw new Error(`class-names: ${sheet} is not in ${folder}.`);
    const names = namesOf.get(sheet) ?? [...new Set(readFileSync(join(folder, sheet), 'utf8').match(NAME))];
    namesOf.set(sheet, names);
    const own = names.indexOf(name);
    if (own < 0) throw new Error(`class-names: ${sheet} has no ${name}.`);
    return `_${place.toString(36).padStart(width, '0')}${own.toString(36)}`;
  };
}

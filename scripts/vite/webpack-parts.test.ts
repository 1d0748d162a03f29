import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { asModule, emptied, modulesIn, webpackParts } from './webpack-parts.ts';

const root = join(import.meta.dirname, '../..');
const installed = (file: string) => join(root, 'node_modules', file);
const CORNERSTONE = installed('cornerstone-core/dist/cornerstone.js');
const DICOM_PARSER = installed('dicom-parser/dist/dicomParser.js');

const bundled = async (name: string, options: Parameters<typeof webpackParts>[0][string]): Promise<string> => {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      webpackParts({ [name]: options }),
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith('entry') ? 'entry' : undefined),
        load: (id) => (id === 'entry' ? `export { default } from '${name}';` : undefined),
      },
    ],
    build: { write: false, minify: false, lib: { entry: 'entry', formats: ['es'] } },
  });
  const [{ output } = { output: [] }] = made as { output: { code: string }[] }[];
  return output[0]?.code ?? '';
};

describe('a package that webpack made one file of', () => {
  it('is given as its modules', () => {
    const modules = modulesIn(readFileSync(CORNERSTONE, 'utf8'));
    expect(modules.size).toBeGreaterThan(80);
    for (const text of modules.values()) expect(asModule(text, (name) => name)).not.toContain('__webpack_');
  });

  it('imports and exports what it did', () => {
    const text = [
      '"use strict";',
      '__webpack_require__.r(__webpack_exports__);',
      '/* harmony export (binding) */ __webpack_require__.d(__webpack_exports__, "draw", function() { return draw; });',
      '/* harmony import */ var _a_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(/*! ../a.js */ "./a.js");',
      '/* harmony reexport (safe) */ __webpack_require__.d(__webpack_exports__, "a", function() { return _a_js__WEBPACK_IMPORTED_MODULE_0__["default"]; });',
      'function draw() { return Object(_a_js__WEBPACK_IMPORTED_MODULE_0__["default"])(1); }',
      '/* harmony default export */ __webpack_exports__["default"] = (draw);',
    ].join('\n');
    expect(asModule(text, (name) => `at:${name}`).split('\n')).toEqual([
      'export { draw as draw };',
      "import * as _a_js__WEBPACK_IMPORTED_MODULE_0__ from 'at:./a.js';",
      "export { default as a } from 'at:./a.js';",
      'function draw() { return (0, _a_js__WEBPACK_IMPORTED_MODULE_0__.default)(1); }',
      'export default (draw);',
    ]);
    expect(emptied(text)).toBe(
      'export default undefined;\nexport const draw = undefined;\nexport const a = undefined;\n',
    );
  });

  it('is refused in another form', () => {
    expect(() => modulesIn('!function(e,t){}()')).toThrow('no bundle');
    expect(() => asModule('__webpack_require__.p', (name) => name)).toThrow('__webpack_require__');
  });

  it('parses DICOM as the whole file does, without what is not called', async () => {
    const code = await bundled('dicom-parser', { file: DICOM_PARSER, used: ['parseDicom'] });
    expect(code).not.toContain('createJPEGBasicOffsetTable');
    const address = `data:text/javascript,${encodeURIComponent(code)}`;
    const { default: own } = (await import(/* @vite-ignore */ address)) as {
      default: { parseDicom: typeof parseDicom };
    };
    const { parseDicom } = (await import('dicom-parser')).default;
    // (0010,0010) PN and (0028,0010) US, explicit, little endian.
    const bytes = new Uint8Array([16, 0, 16, 0, 80, 78, 4, 0, 65, 94, 66, 32, 40, 0, 16, 0, 85, 83, 2, 0, 44, 1]);
    const told = (parse: typeof parseDicom) => {
      const { elements, ...data } = parse(bytes, { TransferSyntaxUID: '1.2.840.10008.1.2.1' });
      return [elements, data.byteArray];
    };
    expect(Object.keys(told(own.parseDicom)[0] ?? {})).toEqual(['x00100010', 'x00280010', 'x00020010']);
    expect(told(own.parseDicom)).toEqual(told(parseDicom));
  });

  it('names a module that it does not have, and a name that its entry does not export', async () => {
    const without = ['./rendering/renderSounds.js'];
    await expect(bundled('cornerstone-core', { file: CORNERSTONE, used: ['enable'], without })).rejects.toThrow(
      'renderSounds',
    );
    await expect(bundled('dicom-parser', { file: DICOM_PARSER, used: ['parseNothing'] })).rejects.toThrow(
      'parseNothing',
    );
  });
});

it('the build is told of all that the sources use of these packages', () => {
  const config = readFileSync(join(root, 'vite.config.ts'), 'utf8');
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.d)\.tsx?$/.test(file))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'));
  for (const [name, variable] of [
    ['cornerstone-core', 'cornerstone'],
    ['dicom-parser', 'dicomParser'],
  ] as const) {
    const [, told = ''] = new RegExp(`'${name}': \\{[^}]*used: \\[([^\\]]*)\\]`).exec(config) ?? [];
    const users = sources.filter((text) => new RegExp(`from '${name}'`).test(text));
    const used = users.flatMap((text) => [...text.matchAll(new RegExp(`\\b${variable}\\.(\\w+)`, 'g'))]);
    expect(used.length).toBeGreaterThan(0);
    for (const [, member = ''] of used) expect(told).toContain(`'${member}'`);
    for (const text of users) expect(text).not.toMatch(new RegExp(`import \\{(?! type)[^}]*\\} from '${name}'`));
  }
});

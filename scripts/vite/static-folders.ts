import { createReadStream } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Plugin } from 'vite';
import { mediaType } from '../serve/headers.mjs';

/** Files from outside public/ that the studio fetches by name. */
export interface StaticFolder {
  /** Where they are, absolute. */
  readonly from: string;
  /** Where they are served, such as 'models'. */
  readonly to: string;
  /** Which of them, by path relative to `from` with forward slashes. */
  readonly include: (path: string) => boolean;
}

async function includedFiles(folder: StaticFolder): Promise<readonly string[]> {
  const entries = await readdir(folder.from, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.from.length + 1)
        .split(sep)
        .join('/'),
    )
    .filter(folder.include)
    .sort();
}

/** Emits the folders' files into the build under their own names, and serves them from their place in development. */
export function staticFolders(folders: readonly StaticFolder[]): Plugin {
  return {
    name: 'counterpart:static-folders',
    async generateBundle() {
      for (const folder of folders) {
        for (const path of await includedFiles(folder)) {
          this.emitFile({
            type: 'asset',
            fileName: `${folder.to}/${path}`,
            source: await readFile(join(folder.from, path)),
          });
        }
      }
    },
    configureServer(server) {
      for (const folder of folders) {
        server.middlewares.use(`/${folder.to}`, (request, response, next) => {
          const path = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/').slice(1);
          const file = join(folder.from, path);
          if (!folder.include(path) || !file.startsWith(folder.from + sep)) {
            next();
            return;
          }
          stat(file).then(
            ({ size }) => {
              response.setHeader('content-type', mediaType(extname(file)));
              response.setHeader('content-length', size);
              createReadStream(file).pipe(response);
            },
            () => {
              // Without this vite would answer with index.html, and a missing network would look like a corrupt one.
              response.writeHead(404).end();
            },
          );
        });
      }
    },
  };
}

/** Every file with its SHA-256, as `sha256sum --check SHA256SUMS` reads it. Written last. */

import type { Writer } from '../writer';

export const CHECKSUMS = 'SHA256SUMS';

export const checksums: Writer = {
  id: 'checksums',
  extension: '',
  about: 'SHA-256 of every file (SHA256SUMS); always written',
  begin: () => ({
    async finish({ files }, sink) {
      const lines = [...files]
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
        .map(({ path, sha256 }) => `${sha256}  ${path}\n`);
      await sink.text(CHECKSUMS, lines.join(''));
    },
  }),
};

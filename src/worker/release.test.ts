/** The shipped networks make a counterfactual of a shipped sample, from files to stored values, on the CPU. */

import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latentMask } from '../counterfactual/latentMask';
import { openRadiograph } from '../dicom/open';
import { createExecutor } from '../engine';
import { emptyMask, paintDisc } from '../imaging/mask';
import { decodePng } from '../imaging/png';
import type { Radiograph } from '../imaging/radiograph';
import { severityInside } from '../findings/seen';
import type { DownloadPorts } from '../networks/download';
import { downloadManifest } from '../networks/downloadManifest';
import { openSuite } from '../networks/suite';
import { deviceReport } from './deviceReport';
import { createMethod, type JobOptions, type Method } from './method';

const SAMPLE = 'models/samples/sample-01.png';
const missing = ['models/manifest.json', SAMPLE].filter((file) => !existsSync(file));
const REASON = missing.length > 0 ? ` (skipped: ${missing.join(', ')} not built)` : '';

const ports: DownloadPorts = {
  cache: undefined,
  fetch: (input) => {
    const file = (input instanceof Request ? input.url : input.toString()).replace('https://disk/', '');
    return Promise.resolve(new Response(new Uint8Array(readFileSync(file))));
  },
};
const job: JobOptions = { signal: new AbortController().signal, onProgress: () => undefined };

describe.skipIf(REASON !== '')(`the shipped release${REASON}`, () => {
  let method: Method;
  let film: Radiograph;

  beforeAll(async () => {
    const manifest = await downloadManifest('https://disk/', ports);
    const { executor, report } = await createExecutor({ prefer: 'wasm' });
    const suite = openSuite({ executor, manifest, baseUrl: 'https://disk/', ports });
    method = createMethod(executor, suite, deviceReport(executor, report, []));
    film = decodePng(new Uint8Array(readFileSync(SAMPLE)), 'sample-01.png');
  }, 300_000);
  afterAll(() => method.dispose());

  it('notices a film that is mirrored, and warns of none as it is', async () => {
    const mirrored: Record<string, (true | undefined)[]> = {};
    for (const file of ['sample-03.png', 'nih-00000001-000.png', 'hannover-527321ee.jpg']) {
      const own = await openRadiograph(new Uint8Array(readFileSync(`models/samples/${file}`)), file);
      const pixels = own.pixels.slice();
      for (let row = 0; row < pixels.length; row += own.width)
        pixels.set(own.pixels.slice(row, row + own.width).reverse(), row);
      const turned: Radiograph = { ...own, id: `${file}-turned`, pixels };
      mirrored[file] = [(await method.analyse(own, job)).mirrored, (await method.analyse(turned, job)).mirrored];
    }
    expect(Object.values(mirrored)).toEqual([
      [undefined, true],
      [undefined, true],
      [undefined, true],
    ]);
  }, 300_000);

  it('adds an opacity where it is painted and nowhere else, and the second reader sees it there', async () => {
    const { width, height } = film;
    const analysis = await method.analyse(film, job);
    expect(analysis.frontalChest).toBeGreaterThan(0.5);
    const painted = paintDisc(emptyMask(width, height), 0.3 * width, 0.45 * height, 0.09 * width, 255);
    const edit = { kind: 'add', finding: 'lung_opacity', places: [], severity: 3, mask: painted } as const;
    const sampling = { seed: 1, steps: 12, sampler: 'auto', guidance: 4, maxTime: 0.9 } as const;
    const { image, mask, before, after, changedPixels } = await method.generate(film, edit, sampling, true, job);
    const cells = latentMask(painted);
    expect(severityInside(after.opacityMap, cells, 4)).toBeGreaterThan(severityInside(before.opacityMap, cells, 4));
    expect(changedPixels).toBeGreaterThan(0);
    const strays = [...image.pixels].filter((value, at) => mask.data[at] === 0 && value !== film.pixels[at]);
    expect(strays).toHaveLength(0);
  }, 300_000);
});

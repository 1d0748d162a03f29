/** The tests' side of the check page. */

import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Answer, Check } from './protocol';
import { REPOSITORY, serveWorkerPage, type Site } from './site';

export function serveEngineCheck(): Promise<Site> {
  const fixtures = {
    from: join(REPOSITORY, 'src/engine/fixtures'),
    to: 'fixtures',
    include: (path: string) => path.startsWith('operators.'),
  };
  return serveWorkerPage('e2e/engine', [fixtures]);
}

export async function check(page: Page, request: Check): Promise<Answer> {
  return page.evaluate((asked) => globalThis.checkEngine(asked), request);
}

/** The answer, if it is of the kind expected; its text in the error otherwise. */
export function expectKind<Kind extends Answer['kind']>(answer: Answer, kind: Kind): Extract<Answer, { kind: Kind }> {
  if (answer.kind === kind) return answer as Extract<Answer, { kind: Kind }>;
  throw new Error(`expected ${kind}, got ${JSON.stringify(answer)}`);
}

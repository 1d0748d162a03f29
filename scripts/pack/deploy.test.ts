/** What deploy/ names exists, and its commands are understood by the command line itself. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';
import { main } from '../../src/cli/main';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const dockerfile = read('deploy/Dockerfile');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-deploy-'));
  // Stands for the command, and says what it was given.
  const program = join(folder, 'counterpart');
  writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(program, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const containerSchema = z.object({
  name: z.string(),
  image: z.string(),
  command: z.optional(z.array(z.string())),
  args: z.array(z.string()),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});
const jobSchema = z.object({
  kind: z.literal('Job'),
  spec: z.looseObject({
    completions: z.optional(z.number()),
    template: z.object({
      spec: z.object({ containers: z.array(containerSchema), volumes: z.array(z.object({ name: z.string() })) }),
    }),
  }),
});

/** The job among the documents of a file. */
function jobIn(file: string): z.infer<typeof jobSchema>['spec'] {
  const documents = parseAllDocuments(read(`deploy/${file}`)).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as unknown;
  });
  const job = documents.map((document) => jobSchema.safeParse(document)).find(({ success }) => success);
  if (job?.data === undefined) throw new Error(`${file} has no job of the command line`);
  return job.data.spec;
}

/** What the command line gets in the container of a job, as the shell there hands it on. */
function argumentsOf({ template }: z.infer<typeof jobSchema>['spec'], index = 0): readonly string[] {
  const [container] = template.spec.containers;
  if (container === undefined) throw new Error('the job has no container');
  if (container.command === undefined) return container.args;
  const [program = '', ...first] = container.command;
  const said = execFileSync(program, [...first, ...container.args], {
    env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, JOB_COMPLETION_INDEX: String(index) },
    encoding: 'utf8',
  });
  return said.trim().split('\n');
}

async function answerTo(args: readonly string[]): Promise<{ code: number; err: string }> {
  let err = '';
  const code = await main(args, {
    root: pathToFileURL(`${ROOT}/`),
    version: '0.0.0',
    out: () => undefined,
    err: (text) => (err += text),
    signal: new AbortController().signal,
  });
  return { code, err };
}

describe('the container file', () => {
  it('installs what `npm run pack` writes, under the name of its command', () => {
    const { name, bin } = z
      .object({ name: z.string(), bin: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const file = `${name}-\${VERSION}.tgz`;
    expect(dockerfile).toContain(`COPY ${file} /tmp/`);
    expect(dockerfile).toContain(`/tmp/${file} `);
    expect(read('deploy/Dockerfile.dockerignore')).toContain(`!${name}-*.tgz`);
    expect(dockerfile).toContain(`ENTRYPOINT ["${Object.keys(bin).join()}"]`);
  });

  it('brings what a queue needs, in the versions that are tested here', () => {
    const { packages } = z
      .object({ packages: z.record(z.string(), z.object({ version: z.optional(z.string()) })) })
      .parse(JSON.parse(read('package-lock.json')));
    for (const name of ['bullmq', 'ioredis'])
      expect(dockerfile).toContain(` ${name}@${packages[`node_modules/${name}`]?.version ?? '?'}`);
  });

  it('is no root', () => {
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });
});

describe.each(['shards.yaml', 'queue.yaml'])('the job of %s', (file) => {
  it('has the volumes that its command reads and writes, and a command that is understood', async () => {
    const job = jobIn(file);
    const args = argumentsOf(job);
    const { containers, volumes } = job.template.spec;
    const mounts = containers.flatMap(({ volumeMounts }) => volumeMounts);
    expect(mounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    for (const path of args.join(' ').match(/(?<![/\w])\/[a-z][\w/.]*/g) ?? [])
      expect(
        mounts.some(({ mountPath }) => `${path}/`.startsWith(`${mountPath}/`)),
        path,
      ).toBe(true);
    // It goes on to the plan, which is not there.
    expect(await answerTo(args)).toMatchObject({
      code: 1,
      err: expect.stringContaining('/results/plan.jsonl cannot be read') as string,
    });
  });
});

it('each index of the job by shards is a shard of its own, and none is left out', () => {
  const job = jobIn('shards.yaml');
  const shards = Array.from({ length: job.completions ?? 0 }, (_, index) => {
    const args = argumentsOf(job, index);
    return args[args.indexOf('--shard') + 1];
  });
  expect(shards).toEqual(shards.map((_, at) => `${String(at + 1)}/${String(shards.length)}`));
  expect(shards.length).toBeGreaterThan(1);
});

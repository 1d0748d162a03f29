/** What the command line gets of the process, whoever loaded it: from its sources, or packed. */

/** @typedef {{ main(args: readonly string[], context: object): Promise<number> }} Cli */

/**
 * @param {Cli} cli src/cli/main.ts
 * @param {URL} root the folder that holds models/, with a slash at its end
 * @param {string} version
 * @param {() => Promise<() => import('node:worker_threads').Worker>} threadStarter
 */
export async function runCli(cli, root, version, threadStarter) {
  const abort = new AbortController();
  // The first gives up what is being made, the second ends at once: the journal holds in both cases.
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(name, () => abort.abort());
  process.exitCode = await cli.main(process.argv.slice(2), {
    root,
    version,
    out: (/** @type {string} */ text) => process.stdout.write(text),
    err: (/** @type {string} */ text) => process.stderr.write(text),
    signal: abort.signal,
    threadStarter,
  });
}

/** A WebKitGTK that is driven over W3C WebDriver, on a screen of its own. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../freePort';

const answerSchema = z.object({ value: z.unknown() });
const sessionSchema = z.object({ sessionId: z.string() });
const errorSchema = z.object({ error: z.string(), message: z.string() });

const POLL_MILLISECONDS = 250;

export class WebKitSession {
  private constructor(
    private readonly address: string,
    private readonly programs: readonly ChildProcess[],
    private readonly session: string,
  ) {}

  /** @throws Error where the driver does not answer within ten seconds, or offers no session */
  static async open({ driver, screen }: { readonly driver: string; readonly screen: string }): Promise<WebKitSession> {
    // Xvfb takes a display that is free and says which on the pipe it is given.
    const display = spawn(screen, ['-displayfd', '3', '-screen', '0', '1500x1000x24'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const [number] = (await once(display.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
    const port = await freePort();
    const server = spawn(driver, [`--port=${String(port)}`], {
      stdio: 'ignore',
      // Containers seldom allow the namespaces that its sandbox is made of.
      env: {
        ...process.env,
        DISPLAY: `:${number.toString().trim()}`,
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    const address = `http://127.0.0.1:${String(port)}`;
    try {
      for (let tries = 0; tries < 40 && !(await answers(address)); tries++) await wait(POLL_MILLISECONDS);
      const { sessionId } = sessionSchema.parse(
        await command(address, 'POST', '/session', { capabilities: { alwaysMatch: {} } }),
      );
      return new WebKitSession(address, [server, display], sessionId);
    } catch (error) {
      for (const program of [server, display]) program.kill();
      throw error;
    }
  }

  private send(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    return command(this.address, method, `/session/${this.session}${path}`, body);
  }

  async goto(url: string): Promise<void> {
    await this.send('POST', '/window/rect', { width: 1440, height: 900 });
    await this.send('POST', '/url', { url });
  }

  /** What the body of a function gives in the page; it must be JSON. */
  run(script: string): Promise<unknown> {
    return this.send('POST', '/execute/sync', { script, args: [] });
  }

  /**
   * Asks until the script gives something true, and returns that.
   * @throws Error that names what was waited for
   */
  async until(what: string, script: string, timeout: number): Promise<unknown> {
    for (const end = Date.now() + timeout; Date.now() < end;) {
      const value = await this.run(script).catch(() => undefined);
      if (value) return value;
      await wait(POLL_MILLISECONDS);
    }
    throw new Error(`WebKit did not show ${what} within ${String(timeout / 1000)} s.`);
  }

  async close(): Promise<void> {
    await this.send('DELETE', '').catch(() => undefined);
    for (const program of this.programs) program.kill();
  }
}

async function answers(address: string): Promise<boolean> {
  return fetch(`${address}/status`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** @throws Error in the driver's words */
async function command(address: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(address + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const { value } = answerSchema.parse(await response.json());
  const failure = errorSchema.safeParse(value);
  if (!response.ok) throw new Error(failure.success ? `${failure.data.error}: ${failure.data.message}` : path);
  return value;
}

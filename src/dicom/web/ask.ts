/** One question to an archive, or to the studio's proxy in front of one: the answer's bytes, or an error that says what to do. */

import * as z from 'zod/mini';
import { joinedBytes } from '../../imaging/bytes';
import {
  ArchiveAnswerError,
  ArchiveDeniedError,
  ArchiveNotPassedOnError,
  ArchiveOffError,
  ArchiveRedirectedError,
  ArchiveRefusedError,
  ArchiveTimeoutError,
  ArchiveUnreachableError,
} from './errors';

export interface ArchiveServer {
  /** Ends before /studies. */
  readonly base: string;
  /** What people call it: its host. */
  readonly name: string;
  /** Credentials, where no proxy adds them. */
  readonly authorization?: string | undefined;
  /** For a whole answer. */
  readonly seconds?: number;
  readonly fetch?: typeof fetch;
}

export interface Question {
  readonly path: string;
  readonly accept: string;
  readonly body?: { readonly contentType: string; readonly bytes: Uint8Array };
  readonly signal?: AbortSignal | undefined;
  /** Bytes of the answer, and what is wrong with a larger one; unless said, that of lists. */
  readonly largest?: { readonly bytes: number; readonly error: () => Error };
  /** Other statuses than 200 and 204 whose answers are to be read. */
  readonly also?: readonly number[];
}

export interface ArchiveAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The archive has more than it gives (PS3.18 8.3.4.4). */
  readonly warning: string;
  readonly bytes: Uint8Array;
}

const SECONDS = 120;
/** A list of more is of no use to anybody, and fills the memory. */
export const LARGEST_LIST = 32 * 2 ** 20;

const proxySchema = z.object({ error: z.object({ code: z.string() }) });

/** @throws the errors of ./errors; whatever the signal was aborted with */
export async function ask(
  { base, name, authorization, seconds = SECONDS, fetch: send = fetch }: ArchiveServer,
  { path, accept, body, signal, largest, also = [] }: Question,
): Promise<ArchiveAnswer> {
  const late = AbortSignal.timeout(seconds * 1000);
  try {
    const response = await send(`${base}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept,
        ...(body !== undefined && { 'content-type': body.contentType }),
        ...(authorization !== undefined && { authorization }),
      },
      ...(body !== undefined && { body: body.bytes as Uint8Array<ArrayBuffer> }),
      // Credentials are for the server that was named, and for no other.
      redirect: 'manual',
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      throw new ArchiveRedirectedError(name);
    const bytes = await bytesOf(response, largest?.bytes ?? LARGEST_LIST);
    if (bytes === undefined) throw largest?.error() ?? new ArchiveAnswerError(name, 'it is too long');
    const answer: ArchiveAnswer = {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      warning: response.headers.get('warning') ?? '',
      bytes,
    };
    if (response.ok) return answer;
    const proxied = proxyRefusal(name, answer);
    if (proxied !== undefined) throw proxied;
    if (also.includes(response.status)) return answer;
    throw refusal(name, answer);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && 'code' in error && 'advice' in error) throw error;
    if (late.aborted) throw new ArchiveTimeoutError(name);
    throw new ArchiveUnreachableError(name, { cause: error });
  }
}

/** Undefined: more than `most`, whatever the header says, and the rest is not waited for. */
async function bytesOf(response: Response, most: number): Promise<Uint8Array | undefined> {
  const stated = Number(response.headers.get('content-length'));
  const reader = response.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const parts: Uint8Array[] = [];
  for (let size = 0; ;) {
    const { done, value } = stated > most ? { done: false, value: undefined } : await reader.read();
    if (done) return joinedBytes(parts);
    size += value?.length ?? stated;
    if (size > most) {
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    if (value !== undefined) parts.push(value);
  }
}

const startOf = ({ bytes }: ArchiveAnswer): string => new TextDecoder().decode(bytes.subarray(0, 1 << 16));

/** What the studio's proxy says of the archive, or of itself; undefined: the archive has answered. */
function proxyRefusal(name: string, answer: ArchiveAnswer): Error | undefined {
  const code = proxySchema.safeParse(jsonOf(startOf(answer))).data?.error.code;
  switch (code) {
    case 'pacs-unreachable':
      return new ArchiveUnreachableError(name);
    case 'pacs-timeout':
      return new ArchiveTimeoutError(name);
    case 'pacs-redirected':
      return new ArchiveRedirectedError(name);
    case 'pacs-off':
      return new ArchiveOffError();
    default:
      return code === undefined ? undefined : ArchiveNotPassedOnError.of(code);
  }
}

function refusal(name: string, answer: ArchiveAnswer): Error {
  const { status } = answer;
  if (status === 401 || status === 403 || status === 407) return new ArchiveDeniedError(name, status);
  if (status === 408 || status === 504) return new ArchiveTimeoutError(name);
  // Its own words may name the patient, who is hidden on the screen until somebody asks.
  return new ArchiveRefusedError(name, status);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a body of DICOM JSON holds; undefined for anything else. */
export function jsonIn({ bytes }: Pick<ArchiveAnswer, 'bytes'>): unknown {
  return jsonOf(new TextDecoder().decode(bytes));
}

/**
 * Asks a server that speaks the OpenAI chat completions protocol (llama.cpp, vLLM, Ollama, LM Studio and others do), or the studio's own
 * proxy in front of one. The answer is held to a JSON schema where the server can; where it says no to that, it is asked without.
 */

import * as z from 'zod/mini';
import { ModelAnswerError, ModelRefusedError, ModelTimeoutError, ModelUnreachableError } from './errors';
import type { AskModel, ChatRequest } from './prompt';

export interface OpenAiServer {
  /** `${base}/chat/completions` is asked. */
  readonly base: string;
  /** Absent: whatever the server, or the proxy, takes. */
  readonly model?: string;
  readonly seconds?: number;
  readonly fetch?: typeof fetch;
}

const SECONDS = 120;
/** Enough for a report of many findings, and an end for a model that does not stop. */
export const MOST_TOKENS = 2048;

const answerSchema = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.nullish(z.string()) }),
        finish_reason: z.nullish(z.string()),
      }),
    )
    .check(z.minLength(1)),
});
const refusalSchema = z.object({
  error: z.union([z.string(), z.object({ code: z.nullish(z.union([z.string(), z.number()])), message: z.string() })]),
});

/** What is sent, and nothing else. */
export function bodyOf({ messages, schema }: ChatRequest, model?: string): object {
  return {
    ...(model === undefined ? {} : { model }),
    messages,
    temperature: 0,
    max_tokens: MOST_TOKENS,
    response_format: { type: 'json_schema', json_schema: { name: 'findings', strict: true, schema } },
  };
}

export function askOpenAi({ base, model, seconds = SECONDS, fetch: send = fetch }: OpenAiServer): AskModel {
  return async (request, signal) => {
    const late = AbortSignal.timeout(seconds * 1000);
    const either = AbortSignal.any([signal, late]);
    const post = async (body: object): Promise<{ readonly status: number; readonly text: string }> => {
      try {
        const response = await send(`${base}/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
          signal: either,
        });
        return { status: response.status, text: await response.text() };
      } catch (cause) {
        signal.throwIfAborted();
        if (late.aborted) throw new ModelTimeoutError(seconds);
        throw new ModelUnreachableError({ cause });
      }
    };
    const body = bodyOf(request, model);
    let answer = await post(body);
    // Not every server knows JSON schemas.
    if (answer.status === 400 || answer.status === 422) answer = await post({ ...body, response_format: undefined });
    if (answer.status !== 200) throw refusal(answer.status, answer.text, seconds);
    return contentOf(answer.text);
  };
}

function refusal(status: number, text: string, seconds: number): Error {
  const parsed = refusalSchema.safeParse(jsonOf(text));
  const error = parsed.data?.error ?? '';
  const { code, message } = typeof error === 'string' ? { code: undefined, message: error } : error;
  // The studio's proxy says so when nobody stands behind it.
  if (code === 'llm-unreachable') return new ModelUnreachableError();
  if (code === 'llm-timeout') return new ModelTimeoutError(seconds);
  return new ModelRefusedError(status, message.slice(0, 200));
}

function contentOf(text: string): string {
  const parsed = answerSchema.safeParse(jsonOf(text));
  const choice = parsed.data?.choices[0];
  if (choice === undefined) throw new ModelAnswerError('the server did not answer as the protocol has it');
  if (choice.finish_reason === 'length') throw new ModelAnswerError('it did not come to an end');
  return choice.message.content ?? '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

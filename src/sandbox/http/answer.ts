import { createHash } from "node:crypto";
import type { Json } from "../render/account.ts";

/** What goes back. `body` undefined = none; `text` is sent as it is, in place of JSON. */
export type Answer = {
  readonly status: number;
  readonly body?: unknown;
  readonly text?: { readonly type: string; readonly content: string };
  readonly headers: Readonly<Record<string, string>>;
};

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, body, headers });

export function created(body: Json): Answer {
  return { status: 201, body, headers: typeof body.url === "string" ? { location: body.url } : {} };
}

export const noContent = (): Answer => ({ status: 204, headers: {} });

export function plain(type: string, content: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, text: { type, content }, headers };
}

/** A read whose answer did not change since the caller's `etag` is 304, without a body. */
export function conditional(answer: Answer, ifNoneMatch: string | undefined): Answer {
  if (answer.status !== 200) return answer;
  const content = answer.text?.content ?? JSON.stringify(answer.body);
  const etag = answer.headers.etag ?? `W/"${createHash("sha256").update(content).digest("hex")}"`;
  const known = (ifNoneMatch ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  const headers = { ...answer.headers, etag };
  return known.includes(etag.replace(/^W\//, "")) ? { status: 304, headers } : { ...answer, headers };
}

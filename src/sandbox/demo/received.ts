import { z } from "zod";
import type { Exchange } from "../words.ts";

/** Something the app made GitHub show, as its requests said it. */
export type Written = Issue | Comment | Check | Reaction | { readonly kind: "other"; readonly request: string };
export type Issue = { readonly kind: "issue"; readonly number: number; readonly title: string; readonly labels: readonly string[] };
export type Comment = {
  readonly kind: "comment";
  readonly id: number;
  readonly issue: number;
  readonly fresh: boolean;
  readonly body: string;
};
export type Check = {
  readonly kind: "check";
  readonly id: number;
  readonly sha: string;
  readonly fresh: boolean;
  readonly conclusion: string;
  readonly title: string;
  readonly summary: string;
};
export type Reaction = { readonly kind: "reaction"; readonly comment: number; readonly content: string };

/** What the app's requests come to: each thing once, with its newest text, in the order in which they were made. */
export type Received = {
  readonly issues: readonly Issue[];
  readonly comments: readonly Comment[];
  readonly checks: readonly Check[];
  readonly reactions: readonly Reaction[];
};

export function received(exchanges: readonly Exchange[]): Received {
  const written = exchanges.flatMap((exchange) => writtenBy(exchange) ?? []);
  return {
    issues: written.filter((one) => one.kind === "issue"),
    comments: newest(written.filter((one) => one.kind === "comment")),
    checks: newest(written.filter((one) => one.kind === "check")),
    reactions: written.filter((one) => one.kind === "reaction"),
  };
}

const newest = <T extends { readonly id: number }>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((one) => [one.id, one])).values(),
];

const issueAsked = z.object({ title: z.string(), labels: z.array(z.string()).default([]) });
const issueMade = z.object({ number: z.number() });
const commentAsked = z.object({ body: z.string() });
const commentMade = z.object({ id: z.number(), issue_url: z.string() });
const checkAsked = z.object({ conclusion: z.string(), output: z.object({ title: z.string(), summary: z.string() }) });
const checkMade = z.object({ id: z.number(), head_sha: z.string() });
const reactionAsked = z.object({ content: z.string() });

/** What a request changed on GitHub; null for one that only read, asked for a token, or was declined. */
export function writtenBy({ method, path, status, route, requestBody, responseBody }: Exchange): Written | null {
  if (method === "GET" || path.endsWith("/access_tokens") || status < 200 || status > 299) return null;
  const fresh = method === "POST";
  switch (route?.replace("/repos/{owner}/{repo}", "")) {
    case "POST /issues":
      return { kind: "issue", ...issueAsked.parse(requestBody), ...issueMade.parse(responseBody) };
    case "POST /issues/{issue_number}/comments":
    case "PATCH /issues/comments/{comment_id}": {
      const { id, issue_url } = commentMade.parse(responseBody);
      return { kind: "comment", id, fresh, issue: Number(issue_url.split("/").at(-1)), ...commentAsked.parse(requestBody) };
    }
    case "POST /check-runs":
    case "PATCH /check-runs/{check_run_id}": {
      const { conclusion, output } = checkAsked.parse(requestBody);
      const { id, head_sha } = checkMade.parse(responseBody);
      return { kind: "check", id, sha: head_sha, fresh, conclusion, ...output };
    }
    case "POST /issues/comments/{comment_id}/reactions":
      return { kind: "reaction", comment: Number(path.split("/").at(-2)), ...reactionAsked.parse(requestBody) };
    default:
      return { kind: "other", request: `${method} ${path}` };
  }
}

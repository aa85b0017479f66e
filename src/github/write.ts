import { z } from "zod";
import { type CheckAction, type CheckText, Fault } from "../core/words.ts";
import type { Writer } from "../ports.ts";
import type { WriteCalls } from "./calls.ts";
import { place } from "./place.ts";
import { openBranchWriter } from "./write-branch.ts";

/** GitHub takes no more in one call, and a further call would only add to them. */
const mostAnnotations = 50;

const made = z.object({ id: z.number() });
const madeIssue = z.object({ number: z.number() });

/**
 * Writes on GitHub. Every call is made once. Faults: `ambiguous` where the call may have been carried out (no answer, 5xx), retry with
 * GitHub's time at a rate limit, give up with GitHub's message where it refuses (422 too long, 403 locked or not allowed, 404 no place).
 */
export function openWriter(calls: WriteCalls): Writer {
  async function create<T>(route: string, parameters: Readonly<Record<string, unknown>>, shape: z.ZodType<T>): Promise<T> {
    const answer = await calls.send(route, parameters, shape);
    if (answer === null) throw new Fault(`${route} has no place to write to: it is gone or switched off`, { next: { kind: "give-up" } });
    return answer;
  }
  const isThere = async (route: string, parameters: Readonly<Record<string, unknown>>) =>
    (await calls.send(route, parameters, made)) !== null;

  return {
    ...openBranchWriter(calls),
    async createComment(at, issue, body) {
      const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
      return (await create(route, { ...place(at), issue_number: issue, body }, made)).id;
    },
    updateComment(at, comment, body) {
      return isThere("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", { ...place(at), comment_id: comment, body });
    },
    async createIssue(at, { title, body, labels }) {
      return (await create("POST /repos/{owner}/{repo}/issues", { ...place(at), title, body, labels }, madeIssue)).number;
    },
    async createCheck(at, check) {
      const { name, sha, externalId } = check;
      const parameters = { ...place(at), name, head_sha: sha, external_id: externalId, ...result(check) };
      return (await create("POST /repos/{owner}/{repo}/check-runs", parameters, made)).id;
    },
    updateCheck(at, id, check) {
      const parameters = { ...place(at), check_run_id: id, name: check.name, ...result(check) };
      return isThere("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", parameters);
    },
    react(at, comment, reaction) {
      const route = "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions";
      return isThere(route, { ...place(at), comment_id: comment, content: reaction });
    },
  };
}

function result(check: CheckText & { readonly actions: readonly CheckAction[] }) {
  const { title, summary, text, conclusion, actions } = check;
  const annotations = check.annotations.slice(0, mostAnnotations).map((annotation) => ({
    path: annotation.path,
    start_line: annotation.line,
    end_line: annotation.line,
    annotation_level: annotation.level,
    message: annotation.message,
    ...(annotation.title === "" ? {} : { title: annotation.title }),
  }));
  return { status: "completed", conclusion, output: { title, summary, ...(text === "" ? {} : { text }), annotations }, actions };
}

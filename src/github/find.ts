import { z } from "zod";
import type { Finder } from "../ports.ts";
import type { ReadCalls } from "./calls.ts";
import { openPlanFinder } from "./find-plan.ts";
import { place } from "./place.ts";

/** The label under which the plan summary is kept (design: the plan summary). Narrows the search; what is ours is decided by identity. */
const summaryLabel = "plankeeper";

const via = z.object({ id: z.number() }).nullish();
const comments = z.array(z.object({ id: z.number(), body: z.string().nullish(), performed_via_github_app: via }));
const issues = z.array(
  z.object({
    number: z.number(),
    body: z.string().nullish(),
    performed_via_github_app: via,
    pull_request: z.unknown().optional(),
  }),
);
const checkRuns = z
  .object({ check_runs: z.array(z.object({ id: z.number(), external_id: z.string().nullish(), app: via })) })
  .transform((page) => page.check_runs);

/** Finds what this app wrote: by the app's identity and, within that, by the marker its text begins with. */
export function openFinder(calls: ReadCalls, appId: number): Finder {
  const isOurs = (
    written: { readonly body?: string | null | undefined; readonly performed_via_github_app?: z.infer<typeof via> },
    marker: string,
  ) => written.performed_via_github_app?.id === appId && written.body?.startsWith(marker) === true;

  return {
    ...openPlanFinder(calls),

    async comment(at, issue, marker) {
      const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
      for await (const comment of calls.list(route, { ...place(at), issue_number: issue }, comments))
        if (isOurs(comment, marker)) return comment.id;
      return null;
    },

    async check(at, sha, externalId) {
      const route = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";
      let newest: number | null = null;
      // All, not only the latest of each name: a run that another one hides may still be the one we look for.
      for await (const run of calls.list(route, { ...place(at), ref: sha, app_id: appId, filter: "all" }, checkRuns))
        if (run.app?.id === appId && run.external_id === externalId && run.id > (newest ?? 0)) newest = run.id;
      return newest;
    },

    async issue(at, marker) {
      const route = "GET /repos/{owner}/{repo}/issues";
      for await (const issue of calls.list(route, { ...place(at), labels: summaryLabel, state: "all" }, issues))
        if (issue.pull_request === undefined && isOurs(issue, marker)) return issue.number;
      return null;
    },
  };
}

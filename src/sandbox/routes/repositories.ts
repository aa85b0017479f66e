import { refused } from "../acts/refusal.ts";
import { ok } from "../http/answer.ts";
import { parameter } from "../http/asked.ts";
import { sliceOf } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { type Json, renderAccount } from "../render/account.ts";
import { renderFullRepository } from "../render/repository.ts";
import { renderRun } from "../render/run.ts";
import { mayDo, standingOf } from "../state/people.ts";
import type { Account, Repository, World } from "../state/world.ts";
import { repositoryRoute } from "./route.ts";

export const repositoryRoutes: readonly Route[] = [
  repositoryRoute("GET", "", { metadata: "read" }, ({ world, repository }) => ok(renderFullRepository(world, repository))),

  repositoryRoute("GET", "/collaborators/{username}/permission", { metadata: "read" }, (asked) => {
    const { world, repository } = asked;
    const login = parameter(asked, "username");
    const person = world.accounts.get(login.toLowerCase());
    if (person === undefined) throw refused(404, `${login} is not a user`);
    return ok(renderPermission(world, repository, person));
  }),

  repositoryRoute("GET", "/actions/runs", { actions: "read" }, (asked) => {
    const { world, repository, query } = asked;
    const fits = (wanted: string | undefined, ...values: readonly (string | null)[]) => wanted === undefined || values.includes(wanted);
    const runs = repository.runs
      .filter((run) => fits(query.branch, run.branch) && fits(query.event, run.event) && fits(query.head_sha, run.sha))
      .filter((run) => fits(query.status, run.status, run.conclusion) && fits(query.actor, run.actor.login))
      .reverse();
    const { start, end, headers } = sliceOf(asked, runs.length);
    return ok({ total_count: runs.length, workflow_runs: runs.slice(start, end).map((run) => renderRun(world, repository, run)) }, headers);
  }),
];

/** The old words know three levels; `role_name` says it exactly. */
function renderPermission(world: World, repository: Repository, person: Account): Json {
  const standing = standingOf(repository, person);
  const legacy = { none: "none", read: "read", triage: "read", write: "write", maintain: "write", admin: "admin" }[standing];
  const may = (least: Parameters<typeof mayDo>[1]) => mayDo(standing, least);
  const permissions = { pull: may("read"), triage: may("triage"), push: may("write"), maintain: may("maintain"), admin: may("admin") };
  return { permission: legacy, role_name: standing, user: { ...renderAccount(world, person), permissions, role_name: standing } };
}

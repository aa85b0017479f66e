import { learn, removeBranch } from "../acts/branches.ts";
import { editIssue, setState } from "../acts/issues.ts";
import { endGroup, formGroup, mergePull } from "../acts/merges.ts";
import { openPull, retarget, setDraft } from "../acts/pulls.ts";
import type { Sha } from "../git/objects.ts";
import { account } from "../state/people.ts";
import { forkOf } from "../state/repositories.ts";
import type { Account, PullIssue, Repository, World } from "../state/world.ts";
import type { SandboxRepository } from "../words.ts";
import { pushCommits } from "./branches.ts";
import { person, personOrAuthor, pullNumbered } from "./person.ts";

type PullActs = Pick<
  SandboxRepository,
  | "openPull"
  | "editPull"
  | "readyPull"
  | "draftPull"
  | "closePull"
  | "reopenPull"
  | "synchronize"
  | "mergePull"
  | "mergeGroup"
  | "endMergeGroup"
>;

export function pullActs(world: World, repository: Repository): PullActs {
  const sent = () => world.hooks.sent();
  const acting = (act: { readonly by: string; readonly number: number }, to: string): { issue: PullIssue; by: Account } => {
    const issue = pullNumbered(repository, act.number);
    return {
      issue,
      by: personOrAuthor(world, repository, { by: act.by, author: issue.author, least: "triage", to: `${to} #${act.number}` }),
    };
  };
  return {
    async openPull({ title, body, head, base = repository.defaultBranch, draft = false, ...act }) {
      const by = person(world, repository, { by: act.by, least: "read", to: "open a pull request" });
      const home = act.fork === undefined ? repository : forkOf(world, repository, account(world, act.fork));
      if (act.files !== undefined) {
        person(world, home, { by: act.by, least: "write", to: `push to ${head}: open it from a fork ("fork")` });
        const from = home.branches.has(head) ? undefined : shownTo(world, repository, home, base);
        pushCommits(world, home, { branch: head, commits: [{ message: title, files: act.files }], from }, by);
      }
      const issue = openPull(world, repository, { title, body: body ?? null, head: { repository: home, ref: head }, base, draft, by });
      await sent();
      return { number: issue.number, headSha: issue.pull.head.sha };
    },
    async editPull({ title, body, base, ...act }) {
      const { issue, by } = acting(act, "edit");
      editIssue(world, repository, issue, { by, ...(title === undefined ? {} : { title }), ...(body === undefined ? {} : { body }) });
      if (base !== undefined) retarget(world, repository, issue, { base, by });
      await sent();
    },
    async readyPull(act) {
      const { issue, by } = acting(act, "mark as ready");
      setDraft(world, repository, issue, { draft: false, by });
      await sent();
    },
    async draftPull(act) {
      const { issue, by } = acting(act, "convert to a draft");
      setDraft(world, repository, issue, { draft: true, by });
      await sent();
    },
    async closePull(act) {
      const { issue, by } = acting(act, "close");
      setState(world, repository, issue, { state: "closed", by });
      await sent();
    },
    async reopenPull(act) {
      const { issue, by } = acting(act, "reopen");
      if (issue.pull.mergedAt !== null) throw new Error(`#${act.number} is merged and cannot be reopened`);
      setState(world, repository, issue, { state: "open", by });
      await sent();
    },
    async synchronize({ commits, force, ...act }) {
      const { issue, by } = acting(act, "push to");
      const { head } = issue.pull;
      pushCommits(world, head.repository, { branch: head.ref, commits, force }, by);
      await sent();
      return { headSha: head.sha };
    },
    async mergePull({ method = "merge", message, ...act }) {
      const issue = pullNumbered(repository, act.number);
      const by = person(world, repository, { by: act.by, least: "write", to: `merge #${act.number}` });
      const sha = mergePull(world, repository, issue, { method, message, by });
      if (act.deleteBranch === true) removeBranch(world, issue.pull.head.repository, { branch: issue.pull.head.ref, by });
      await sent();
      return { sha };
    },
    async mergeGroup(act) {
      const by = person(world, repository, { by: act.by, least: "write", to: "use the merge queue" });
      const pulls = act.pulls.map((number) => pullNumbered(repository, number));
      const { headSha } = formGroup(world, repository, { pulls, by });
      await sent();
      return { headSha };
    },
    async endMergeGroup({ headSha, reason }) {
      const group = repository.groups.get(headSha);
      if (group === undefined) throw new Error(`there is no merge group with the head ${headSha}`);
      endGroup(world, repository, group, reason);
      await sent();
    },
  };
}

/** The tip of the base branch, made known to a fork that may have been made long ago. */
function shownTo(world: World, repository: Repository, home: Repository, base: string): Sha | undefined {
  const tip = repository.branches.get(base);
  if (tip !== undefined) learn(world, home, tip);
  return tip;
}

import { deleteLabel, renameLabel, setAssigned } from "../acts/issues.ts";
import { setPart, setWaiting, transferIssue } from "../acts/relations.ts";
import { dismissReview, reviewPull } from "../acts/reviews.ts";
import { account } from "../state/people.ts";
import { findRepository } from "../state/repositories.ts";
import type { Label, Repository, World } from "../state/world.ts";
import type { SandboxRepository } from "../words.ts";
import { issueNumbered, person, pullNumbered } from "./person.ts";

type RelationActs = Pick<
  SandboxRepository,
  "relate" | "assign" | "unassign" | "transferIssue" | "renameLabel" | "deleteLabel" | "review" | "dismissReview"
>;

export function relationActs(world: World, repository: Repository): RelationActs {
  const sent = () => world.hooks.sent();
  const acting = (by: string, to: string) => person(world, repository, { by, least: "triage", to });
  const assign = async (act: { readonly number: number; readonly to: string; readonly by: string }, assigned: boolean) => {
    const by = acting(act.by, `assign #${act.number}`);
    setAssigned(world, repository, issueNumbered(repository, act.number), { to: account(world, act.to), assigned, by });
    await sent();
  };
  return {
    async relate({ issue, waitsFor, part, ended = false, ...act }) {
      const by = acting(act.by, `relate #${issue}`);
      const of = { repository, issue: issueNumbered(repository, issue) };
      if (waitsFor !== undefined) setWaiting(world, { of, other: issueNamed(world, repository, waitsFor), made: !ended, by });
      if (part !== undefined) setPart(world, { of, other: issueNamed(world, repository, part), made: !ended, by });
      await sent();
    },
    assign: (act) => assign(act, true),
    unassign: (act) => assign(act, false),
    async transferIssue(act) {
      const to = repositoryNamed(world, act.to);
      const by = person(world, repository, { by: act.by, least: "write", to: `transfer #${act.number}` });
      const { number } = transferIssue(world, repository, issueNumbered(repository, act.number), { to, by });
      await sent();
      return { number };
    },
    async renameLabel(act) {
      const by = person(world, repository, { by: act.by, least: "write", to: "rename a label" });
      renameLabel(world, repository, labelNamed(repository, act.label), { name: act.name, by });
      await sent();
    },
    async deleteLabel(act) {
      const by = person(world, repository, { by: act.by, least: "write", to: "delete a label" });
      deleteLabel(world, repository, labelNamed(repository, act.label), by);
      await sent();
    },
    async review({ number, verdict, ...act }) {
      const by = person(world, repository, { by: act.by, least: "read", to: `review #${number}` });
      const { id } = reviewPull(world, repository, pullNumbered(repository, number), { state: verdict, by });
      await sent();
      return { id };
    },
    async dismissReview(act) {
      const review = repository.reviews.get(act.id);
      if (review === undefined) throw new Error(`there is no review ${act.id}`);
      dismissReview(world, repository, review, person(world, repository, { by: act.by, least: "write", to: "dismiss a review" }));
      await sent();
    },
  };
}

/** `7` here, or `owner/name#7`. */
function issueNamed(world: World, here: Repository, named: number | string) {
  const [place = "", number = ""] = String(named).split("#");
  const repository = typeof named === "number" ? here : repositoryNamed(world, place);
  return { repository, issue: issueNumbered(repository, typeof named === "number" ? named : Number(number)) };
}

function repositoryNamed(world: World, named: string): Repository {
  const [owner = "", name = ""] = named.split("/");
  const repository = findRepository(world, owner, name);
  if (repository === null) throw new Error(`there is no repository ${named}`);
  return repository;
}

function labelNamed(repository: Repository, name: string): Label {
  const label = repository.labels.get(name.toLowerCase());
  if (label === undefined) throw new Error(`there is no label "${name}"`);
  return label;
}

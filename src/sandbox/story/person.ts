import { account, mayDo, type Standing, standingOf } from "../state/people.ts";
import { type Account, type Issue, isPull, type PullIssue, type Repository, type World } from "../state/world.ts";

/** Who acts; fails where GitHub would not let this person do it. */
export function person(
  world: World,
  repository: Repository,
  act: { readonly by: string; readonly least: Standing; readonly to: string },
): Account {
  const who = account(world, act.by);
  const held = standingOf(repository, who);
  if (mayDo(held, act.least)) return who;
  const place = `${repository.owner.login}/${repository.name}`;
  throw new Error(`${act.by} has "${held}" in ${place} and needs "${act.least}" to ${act.to}: name a role in "people" of the repository`);
}

/** The author of a thing may do to it what others need a role for. */
export function personOrAuthor(
  world: World,
  repository: Repository,
  act: { readonly by: string; readonly author: Account; readonly least: Standing; readonly to: string },
): Account {
  const who = account(world, act.by);
  return who === act.author ? who : person(world, repository, act);
}

export function issueNumbered(repository: Repository, number: number): Issue {
  const issue = repository.issues.get(number);
  if (issue === undefined) throw new Error(`there is no issue or pull request #${number}`);
  return issue;
}

export function pullNumbered(repository: Repository, number: number): PullIssue {
  const issue = issueNumbered(repository, number);
  if (!isPull(issue)) throw new Error(`#${number} is an issue, not a pull request`);
  return issue;
}

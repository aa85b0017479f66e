import { type Files, type Signature, writeBlob, writeCommit, writeTree } from "../git/objects.ts";
import type { RepositoryOptions } from "../words.ts";
import { account } from "./people.ts";
import type { Account, Installation, Label, Repository, World } from "./world.ts";

/** What GitHub puts into every new repository. */
const usualLabels = [
  ["bug", "d73a4a", "Something isn't working"],
  ["documentation", "0075ca", "Improvements or additions to documentation"],
  ["duplicate", "cfd3d7", "This issue or pull request already exists"],
  ["enhancement", "a2eeef", "New feature or request"],
  ["good first issue", "7057ff", "Good for newcomers"],
  ["help wanted", "008672", "Extra attention is needed"],
  ["invalid", "e4e669", "This doesn't seem right"],
  ["question", "d876e3", "Further information is requested"],
  ["wontfix", "ffffff", "This will not be worked on"],
] as const;

export function createRepository(world: World, options: RepositoryOptions): Repository {
  if (findRepository(world, options.owner, options.name) !== null) throw new Error(`${options.owner}/${options.name} exists already`);
  const repository = blank(world, { owner: account(world, options.owner), name: options.name, private: options.private ?? false });
  for (const [login, role] of Object.entries(options.people ?? {})) {
    account(world, login);
    repository.people.set(login.toLowerCase(), role);
  }
  for (const [name, color, description] of usualLabels) addLabel(world, repository, { name, color, description, isDefault: true });
  const texts = Object.entries(options.files ?? { "README.md": `# ${options.name}\n` });
  const files: Files = new Map(texts.map(([path, content]) => [path, writeBlob(world.objects, content)]));
  const who = signature(repository.owner, world.clock.now());
  const tree = writeTree(world.objects, files);
  const { sha } = writeCommit(world.objects, { tree, parents: [], message: "Initial commit", author: who, committer: who });
  repository.branches.set(repository.defaultBranch, sha);
  repository.commits.add(sha);
  return repository;
}

/** The fork of a repository that this person has, made when there is none. */
export function forkOf(world: World, parent: Repository, owner: Account): Repository {
  const existing = [...world.repositories.values()].find((one) => one.parent === parent && one.owner === owner);
  if (existing !== undefined) return existing;
  const fork = blank(world, { owner, name: parent.name, private: parent.private, parent });
  for (const [name, sha] of parent.branches) fork.branches.set(name, sha);
  for (const sha of parent.commits) fork.commits.add(sha);
  return fork;
}

export function findRepository(world: World, owner: string, name: string): Repository | null {
  const wanted = `${owner}/${name}`.toLowerCase();
  return [...world.repositories.values()].find((one) => fullName(one).toLowerCase() === wanted) ?? null;
}

/** The repository that was once called so. */
export function findRenamed(world: World, owner: string, name: string): Repository | null {
  const repositories = [...world.repositories.values()].filter((one) => one.owner.login.toLowerCase() === owner.toLowerCase());
  return repositories.find(({ formerNames }) => formerNames.has(name.toLowerCase())) ?? null;
}

export function installationOf(world: World, repository: Repository): Installation | null {
  return [...world.installations.values()].find(({ repositories }) => repositories.has(repository)) ?? null;
}

export function addLabel(world: World, repository: Repository, label: Omit<Label, "id">): Label {
  const added = { id: world.nextId(), ...label };
  repository.labels.set(label.name.toLowerCase(), added);
  return added;
}

export const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

export function signature({ id, login }: Account, at: number): Signature {
  return { name: login, email: `${id}+${login}@users.noreply.github.com`, login, at };
}

/** Issues and pull requests share their numbers, and none is given twice. */
export function nextNumber(repository: Repository): number {
  repository.lastNumber += 1;
  return repository.lastNumber;
}

function blank(
  world: World,
  options: { readonly owner: Account; readonly name: string; readonly private: boolean; readonly parent?: Repository },
): Repository {
  const now = world.clock.now();
  const repository: Repository = {
    id: world.nextId(),
    owner: options.owner,
    name: options.name,
    formerNames: new Set(),
    private: options.private,
    parent: options.parent ?? null,
    defaultBranch: options.parent?.defaultBranch ?? "main",
    createdAt: now,
    updatedAt: now,
    pushedAt: now,
    people: new Map(),
    branches: new Map(),
    commits: new Set(),
    lastNumber: 0,
    issues: new Map(),
    comments: new Map(),
    labels: new Map(),
    milestones: new Map(),
    suites: new Map(),
    checks: new Map(),
    runs: [],
    groups: new Map(),
    reviews: new Map(),
  };
  world.repositories.set(repository.id, repository);
  return repository;
}

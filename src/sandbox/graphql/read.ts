import { iso } from "../clock.ts";
import { type Commit, commitAt, filesAt, type Sha } from "../git/objects.ts";
import { fieldsOf, textIn } from "../http/asked.ts";
import { nodeId, pageUrl } from "../render/urls.ts";
import { admit } from "../routes/route.ts";
import { findCommit } from "../state/references.ts";
import { findRepository, fullName } from "../state/repositories.ts";
import type { Repository, Token, World } from "../state/world.ts";
import { FieldProblem, type Node } from "./select.ts";

/** The root of queries. */
export function queryRoot(world: World, token: Token): Node {
  return {
    type: "Query",
    fields: {
      repository: (inputs) => {
        const fields = fieldsOf(inputs);
        const name = `${textIn(fields, "owner") ?? ""}/${textIn(fields, "name") ?? ""}`;
        return repositoryNode(world, readable(world, token, name));
      },
      rateLimit: () => {
        const { limit, remaining, used, reset } = world.limits.standing(token.installation.id);
        const values = { limit, remaining, used, cost: 1, resetAt: iso(reset * 1000) };
        return leaf("RateLimit", values);
      },
      viewer: () => leaf("Bot", { login: world.app.bot.login, databaseId: world.app.bot.id }),
    },
  };
}

/** A repository that this token may read, else the problem GitHub names. */
export function readable(world: World, token: Token, name: string): Repository {
  const [owner = "", rest = ""] = name.split("/");
  const repository = findRepository(world, owner, rest);
  const missing = new FieldProblem("NOT_FOUND", `Could not resolve to a Repository with the name '${name}'.`);
  if (repository === null) throw missing;
  try {
    admit(token, repository, { contents: "read" }, true);
  } catch {
    throw missing;
  }
  return repository;
}

export function commitNode(world: World, repository: Repository, commit: Commit): Node {
  const [headline = ""] = commit.message.split("\n");
  return leaf("Commit", {
    oid: commit.sha,
    id: nodeId("Commit", commit.sha),
    url: pageUrl(world, repository, `/commit/${commit.sha}`),
    message: commit.message,
    messageHeadline: headline,
    committedDate: iso(commit.committer.at),
    authoredDate: iso(commit.author.at),
  });
}

export function referenceNode(world: World, repository: Repository, { name, sha }: { readonly name: string; readonly sha: Sha }): Node {
  const values = { id: nodeId("Ref", `${repository.id}:refs/heads/${name}`), name, prefix: "refs/heads/" };
  const target = () => commitNode(world, repository, commitAt(world.objects, sha));
  return { type: "Ref", fields: { ...leaf("Ref", values).fields, target } };
}

function repositoryNode(world: World, repository: Repository): Node {
  const reference = (name: string) => {
    const sha = repository.branches.get(name);
    return sha === undefined ? null : referenceNode(world, repository, { name, sha });
  };
  const values = {
    id: nodeId("Repository", repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.private,
  };
  return {
    type: "Repository",
    fields: {
      ...leaf("Repository", values).fields,
      defaultBranchRef: () => reference(repository.defaultBranch),
      ref: (inputs) => reference((textIn(fieldsOf(inputs), "qualifiedName") ?? "").replace(/^refs\/heads\//, "")),
      object: (inputs) => objectNode(world, repository, fieldsOf(inputs)),
    },
  };
}

/** `expression` is `commit`, or `commit:path`; what is not there is null. */
function objectNode(world: World, repository: Repository, inputs: Readonly<Record<string, unknown>>): Node | null {
  const expression = textIn(inputs, "expression") ?? textIn(inputs, "oid") ?? "";
  const colon = expression.indexOf(":");
  const commit = findCommit(world, repository, colon < 0 ? expression : expression.slice(0, colon));
  if (commit === null) return null;
  if (colon < 0) return commitNode(world, repository, commit);
  const sha = filesAt(world.objects, commit.sha).get(expression.slice(colon + 1));
  const content = sha === undefined ? undefined : world.objects.blobs.get(sha);
  if (sha === undefined || content === undefined) return null;
  const isBinary = content.includes(0);
  const isTruncated = content.length > mostText;
  const text = isBinary ? null : content.subarray(0, mostText).toString("utf8");
  return leaf("Blob", { oid: sha, id: nodeId("Blob", sha), byteSize: content.length, isBinary, isTruncated, text });
}

/** GitHub cuts the text of larger blobs off. */
const mostText = 512_000;

function leaf(type: string, values: Readonly<Record<string, string | number | boolean | null>>): Node {
  return { type, fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, () => value])) };
}

import { moveBranch } from "../acts/branches.ts";
import { edited, webFlow } from "../acts/commits.ts";
import { Refusal } from "../acts/refusal.ts";
import { commitAt, filesAt, writeCommit, writeTree } from "../git/objects.ts";
import { type Fields, fieldsOf, listIn, requiredTextIn, textIn } from "../http/asked.ts";
import { admit } from "../routes/route.ts";
import { signature } from "../state/repositories.ts";
import type { Repository, Token, World } from "../state/world.ts";
import { commitNode, readable, referenceNode } from "./read.ts";
import { FieldProblem, type Node } from "./select.ts";

/** The root of mutations. */
export function mutationRoot(world: World, token: Token): Node {
  return { type: "Mutation", fields: { createCommitOnBranch: (inputs) => createCommitOnBranch(world, token, fieldsOf(inputs.input)) } };
}

/** Commits as the app, signed by GitHub; refuses when the branch is not where the caller believes. */
function createCommitOnBranch(world: World, token: Token, input: Fields): Node {
  const target = fieldsOf(input.branch);
  const repository = writable(world, token, requiredTextIn(target, "repositoryNameWithOwner"));
  const name = requiredTextIn(target, "branchName").replace(/^refs\/heads\//, "");
  const tip = repository.branches.get(name);
  if (tip === undefined) throw new FieldProblem("NOT_FOUND", `Could not resolve to a Ref with the name '${name}'.`);
  const expected = requiredTextIn(input, "expectedHeadOid");
  if (tip !== expected)
    throw new FieldProblem("STALE_DATA", `Expected branch to point to "${expected}" but it did not. Pull and try again.`);

  const message = fieldsOf(input.message);
  const body = textIn(message, "body") ?? "";
  const now = world.clock.now();
  const { sha } = writeCommit(world.objects, {
    tree: writeTree(world.objects, edited(world, filesAt(world.objects, tip), editIn(fieldsOf(input.fileChanges)))),
    parents: [tip],
    message: `${requiredTextIn(message, "headline")}${body === "" ? "" : `\n\n${body}`}`,
    author: signature(world.app.bot, now),
    committer: webFlow(now),
  });
  moveBranch(world, repository, { branch: name, to: sha, by: world.app.bot });
  return {
    type: "CreateCommitOnBranchPayload",
    fields: {
      commit: () => commitNode(world, repository, commitAt(world.objects, sha)),
      ref: () => referenceNode(world, repository, { name, sha }),
      clientMutationId: () => textIn(input, "clientMutationId") ?? null,
    },
  };
}

function editIn(changes: Fields): Record<string, Buffer | null> {
  const edit: Record<string, Buffer | null> = {};
  for (const deletion of listIn(changes, "deletions") ?? []) edit[requiredTextIn(fieldsOf(deletion), "path")] = null;
  for (const addition of listIn(changes, "additions") ?? []) {
    const fields = fieldsOf(addition);
    edit[requiredTextIn(fields, "path")] = Buffer.from(requiredTextIn(fields, "contents"), "base64");
  }
  return edit;
}

function writable(world: World, token: Token, name: string): Repository {
  const repository = readable(world, token, name);
  try {
    admit(token, repository, { contents: "write" }, false);
  } catch (error) {
    if (error instanceof Refusal) throw new FieldProblem("FORBIDDEN", "Resource not accessible by integration");
    throw error;
  }
  return repository;
}

import { z } from "zod";
import { Fault } from "../core/words.ts";
import type { Writer } from "../ports.ts";
import type { WriteCalls } from "./calls.ts";
import { place } from "./place.ts";
import { moment, sha } from "./translate/fields.ts";

type BranchWriter = Pick<Writer, "placeBranch" | "deleteBranch" | "commit" | "createPull" | "updatePull" | "addLabels">;

const reference = z.object({ ref: z.string() });
const pull = z.object({ number: z.number() });
const anything = z.unknown();

const made = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: sha, committedDate: moment }) }),
});

// GitHub signs what is made so, and makes it only if the branch is where we believe it to be.
const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid committedDate } }
}`;

/** Writes files back: branches, commits on them, and the pull requests that propose them. */
export const openBranchWriter = (calls: WriteCalls): BranchWriter => ({
  async placeBranch(at, { name, sha, exists }) {
    const answer = exists
      ? await calls.send("PATCH /repos/{owner}/{repo}/git/refs/{ref}", { ...place(at), ref: `heads/${name}`, sha, force: true }, reference)
      : await calls.send("POST /repos/{owner}/{repo}/git/refs", { ...place(at), ref: `refs/heads/${name}`, sha }, reference);
    if (answer === null) throw refusal(`the branch ${name} cannot be written`);
  },

  async deleteBranch(at, name) {
    await calls.send("DELETE /repos/{owner}/{repo}/git/refs/{ref}", { ...place(at), ref: `heads/${name}` }, anything);
  },

  async commit(at, { branch, onto, headline, body, files }) {
    const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    const answer = await calls.mutate(
      mutation,
      {
        input: {
          branch: { repositoryNameWithOwner: `${at.owner}/${at.name}`, branchName: branch },
          expectedHeadOid: onto,
          message: { headline, body },
          fileChanges: {
            additions: entries.flatMap(([path, text]) =>
              text === null ? [] : [{ path, contents: Buffer.from(text, "utf8").toString("base64") }],
            ),
            deletions: entries.flatMap(([path, text]) => (text === null ? [{ path }] : [])),
          },
        },
      },
      made,
    );
    if ("made" in answer) {
      const { oid, committedDate } = answer.made.createCommitOnBranch.commit;
      return { sha: oid, at: committedDate };
    }
    // A branch that is gone was somewhere else as well.
    if (answer.refused.every((type) => type === "STALE_DATA" || type === "NOT_FOUND")) return "stale";
    throw refusal(answer.because);
  },

  async createPull(at, { title, body, head, base }) {
    const answer = await calls.send("POST /repos/{owner}/{repo}/pulls", { ...place(at), title, body, head, base }, pull);
    if (answer === null) throw refusal("pull requests are switched off");
    return answer.number;
  },

  async updatePull(at, number, change) {
    return (
      (await calls.send("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { ...place(at), pull_number: number, ...change }, pull)) !== null
    );
  },

  async addLabels(at, issue, labels) {
    const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/labels";
    return (await calls.send(route, { ...place(at), issue_number: issue, labels }, anything)) !== null;
  },
});

const refusal = (because: string): Fault => new Fault(`GitHub refused: ${because}`, { next: { kind: "give-up" } });

import { createHash } from "node:crypto";
import type { z } from "zod";
import { canonicalJson, type Fact, Fault, type Instant, type SnapshotAsked } from "../../core/words.ts";
import type { Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import { text } from "../translate/fields.ts";
import { issueShape, seenIssue } from "../translate/issue.ts";
import { pullShape, seenPull } from "../translate/pull.ts";

/** GitHub leads whoever asks for an issue that was transferred to where it is now. */
const issueHere = issueShape.extend({ repository_url: text });

/** A pull request or an issue as it stands, as a fact told to its repository; none where it is there no longer. */
export async function readSnapshot(
  so: { readonly calls: ReadCalls; readonly appId: number },
  at: RepositoryAddress,
  ask: SnapshotAsked,
): Promise<Reading> {
  const facts = ask.of === "pull" ? await pullSeen(so.calls, at, ask) : await issueSeen(so, at, ask);
  // Of one ask the first answer counts: a second one would be no later by anything that can be told.
  const asked = createHash("sha256").update(canonicalJson(ask.settles)).digest("hex").slice(0, 32);
  return { id: `snapshot:${at.repository}:${ask.of}:${ask.number}:${asked}`, kind: "told", body: { repository: at.repository, facts } };
}

async function pullSeen(calls: ReadCalls, at: RepositoryAddress, ask: SnapshotAsked): Promise<readonly Fact[]> {
  const { body } = await calls.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...place(at), pull_number: ask.number }, pullShape);
  return body === null ? [] : [seenPull(body, at.repository, settledBy(body, ask))];
}

async function issueSeen(
  { calls, appId }: { readonly calls: ReadCalls; readonly appId: number },
  at: RepositoryAddress,
  ask: SnapshotAsked,
): Promise<readonly Fact[]> {
  const asked = { ...place(at), issue_number: ask.number };
  const { body } = await calls.get("GET /repos/{owner}/{repo}/issues/{issue_number}", asked, issueHere);
  if (body === null || !isOf(at, body)) return [];
  return seenIssue(body, appId, settledBy(body, ask));
}

const isOf = ({ owner, name }: RepositoryAddress, { repository_url }: z.infer<typeof issueHere>): boolean =>
  repository_url.toLowerCase().endsWith(`/repos/${owner}/${name}`.toLowerCase());

/** What has changed since tells no more how the second ended. What GitHub shows older than we know it comes from a copy that lags behind. */
function settledBy({ updated_at }: { readonly updated_at: Instant }, { at, settles, of, number }: SnapshotAsked): readonly string[] {
  if (updated_at < at)
    throw new Fault(`GitHub shows ${of} ${number} as it was before it last changed`, { next: { kind: "retry", at: null } });
  return updated_at === at ? settles : [];
}

/** The real app on a GitHub that nock plays at the HTTP border. */
import { createHash, generateKeyPairSync } from "node:crypto";
import nock from "nock";
import { pino } from "pino";
import { afterEach, beforeEach, expect } from "vitest";
import type { Mode } from "../src/core/words.ts";
import { type AppSettings, openApp } from "../src/github/app.ts";
import type { GitHub, RepositoryAddress, Writer } from "../src/ports.ts";

export const apiUrl = "https://github.test";
export const appId = 77;
/** When the played GitHub answers, and the time on our own clock, which is a little ahead. */
export const answeredAt = Date.parse("2026-03-02T10:00:00Z");
export const ourTime = answeredAt + 1500;

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export const testApp = (settings: Partial<AppSettings> = {}) =>
  openApp({ appId, privateKey, apiUrl, log: pino({ level: "silent" }), now: () => ourTime, ...settings });

// Octokit spaces the writes of one installation: with its own each, no test waits for another.
let installations = 1000;

/** A repository of an installation that nothing was done in yet. */
export function newPlace(): RepositoryAddress {
  installations += 1;
  return { repository: 42, installation: installations, owner: "octo", name: "plans", defaultBranch: "main" };
}

/** GitHub, as far as a test plays it. Every answer is dated. */
export const github = () => nock(apiUrl).defaultReplyHeaders({ date: new Date(answeredAt).toUTCString() });

/** The same, with tokens for the installation. */
export function githubFor(at: RepositoryAddress): nock.Scope {
  const token = { token: "ghs_test", expires_at: "2099-01-01T00:00:00Z", permissions: {}, repository_selection: "selected" };
  github().post(`/app/installations/${at.installation}/access_tokens`).reply(201, token);
  return github();
}

export async function clientFor(at: RepositoryAddress, settings: Partial<AppSettings> & { readonly mode?: Mode } = {}): Promise<GitHub> {
  const { mode = "live", ...rest } = settings;
  return (await testApp(rest)).client(at.installation, mode);
}

export async function writerFor(at: RepositoryAddress): Promise<Writer> {
  const { write } = await clientFor(at);
  if (write === null) throw new Error("a live client has no writer");
  return write;
}

/** The Fault that a promise rejects with, or the error itself if it is another. */
export async function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "it did not fail",
    (error: unknown) => error,
  );
}

/** The repository's address in GitHub's paths, and the commit that tests read. */
export const repo = "/repos/octo/plans";
export const head = "a".repeat(40);

/** A name for an object made from a word, so that tests can speak of it. */
export const oid = (word: string) => createHash("sha1").update(word).digest("hex");

export type Listed = {
  readonly path: string;
  readonly mode?: string;
  readonly type?: string;
  readonly size?: number;
  readonly sha?: string;
};
const entry = ({ path, mode = "100644", type = "blob", size = 10, sha = oid(path) }: Listed) => ({ path, mode, type, size, sha });
export const folder = (path: string): Listed => ({ path, mode: "040000", type: "tree" });

/** The whole tree of a commit, as far as GitHub lists it. */
export const playTree = (entries: readonly Listed[], truncated = false, at = head) =>
  github()
    .get(`${repo}/git/trees/${at}`)
    .query({ recursive: "1" })
    .reply(200, { sha: at, tree: entries.map(entry), truncated });

/** One folder of it. */
export const playFolder = (sha: string, entries: readonly Listed[]) =>
  github()
    .get(`${repo}/git/trees/${sha}`)
    .reply(200, { sha, tree: entries.map(entry), truncated: false });

/** A file's bytes, in base64 with line breaks as GitHub writes it. */
export const playBlob = (path: string, content: string | Buffer) =>
  github()
    .get(`${repo}/git/blobs/${oid(path)}`)
    .reply(200, { sha: oid(path), encoding: "base64", content: Buffer.from(content).toString("base64").replace(/.{20}/g, "$&\n") });

/** No test reaches the network, and none leaves a request that it expected and nobody made. */
export function playGitHub(): void {
  beforeEach(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    const unasked = nock.pendingMocks();
    nock.abortPendingRequests();
    nock.cleanAll();
    expect(unasked).toEqual([]);
  });
}

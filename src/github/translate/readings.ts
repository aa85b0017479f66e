import { configurationPaths } from "../../core/plan/configuration.ts";
import type { Fact, Instant, Sha } from "../../core/words.ts";
import { isConfigurationPath } from "../configuration-path.ts";
import { makeFact } from "../fact.ts";
import {
  askReading,
  filesReading,
  labelReading,
  type PushReading,
  permissionReading,
  proposalReading,
  pullReading,
  pushReading,
  type RepositoryReading,
  repositoryReading,
  toldReading,
} from "../reading.ts";
import { timeOf } from "./times.ts";
import { type Meaning, toldTo } from "./told.ts";

type Found = NonNullable<RepositoryReading["found"]>;

const readings = {
  "reading.repository": readRepository,
  "reading.files": readFiles,
  "reading.pull": readPull,
  "reading.label": readLabel,
  "reading.push": readPush,
  "reading.permission": readPermission,
  "reading.proposal": readProposal,
  "reading.told": readTold,
  "reading.again": readAgain,
  "reading.sync": readSync,
} satisfies Record<string, (body: unknown) => Meaning>;

/** What a reading of ours means. Throws where the body is not what this kind of reading holds, or the kind is unknown. */
export function readingMeaning(event: string, body: unknown): Meaning {
  const known = Object.entries(readings).find(([name]) => name === event);
  if (known === undefined) throw new TypeError(`there is no ${event}`);
  return known[1](body);
}

function readRepository(body: unknown): Meaning {
  const { found, ...reading } = repositoryReading.parse(body);
  const base = { kind: "repository", thing: "repository", repository: reading.repository, installation: reading.installation } as const;
  if (found === null) {
    const gone = { ...base, ...reading.asked, at: reading.readAt, defaultBranch: "", private: true, present: false };
    return meaning(reading.repository, [makeFact(gone)], []);
  }
  const { owner, name, defaultBranch, private: hidden, updatedAt } = found;
  const standing = { ...base, at: updatedAt, owner, name, defaultBranch, private: hidden, present: true };
  const versions = found.files.map((file) => version(file, { ...file, readAt: reading.readAt }));
  return meaning(reading.repository, [makeFact(standing), ...versions, ...withoutConfiguration(found)], found.files);
}

/** That there is no configuration is a version of it too. A file that was not fetched may hold one. */
function withoutConfiguration({ head, files, left }: Found): readonly Fact[] {
  const isConfiguration = ({ path }: { readonly path: string }) => isConfigurationPath(path);
  const [path] = configurationPaths;
  if (head === null || path === undefined || files.some(isConfiguration) || left.some(isConfiguration)) return [];
  return [makeFact({ kind: "configuration", thing: "configuration", at: head.time, path, commit: head.commit, blob: null })];
}

function readFiles(body: unknown): Meaning {
  const { repository, files, ...at } = filesReading.parse(body);
  return meaning(
    repository,
    files.map((file) => version(file, at)),
    files,
  );
}

function readPull(body: unknown): Meaning {
  const { repository, number, headSha, content } = pullReading.parse(body);
  if (content === null) return meaning(repository, [], []);
  const { updatedAt, commits, files, truncated } = content;
  const texts = content.texts.map(({ path, blob, origin }) => ({
    ...{ path, blob },
    ...(origin === undefined ? {} : { origin: origin?.blob ?? null }),
  }));
  const told = { kind: "pull-content", thing: `pull:${number}`, at: updatedAt, number, headSha, commits, files, texts, truncated } as const;
  return meaning(repository, [makeFact(told)], [...content.texts, ...content.texts.flatMap(({ origin }) => origin ?? [])]);
}

/** A label that was found as it had been changes nothing. */
function readLabel(body: unknown): Meaning {
  const { repository, changed, readAt, ...told } = labelReading.parse(body);
  if (!changed) return meaning(repository, [], []);
  return meaning(repository, [makeFact({ kind: "label", thing: "labels", at: readAt, ...told, read: true })], []);
}

/** The commits are the same facts as a delivery that listed them would have told, but for files that are no plans: nobody asked for those. */
function readPush(body: unknown): Meaning {
  const reading = pushReading.parse(body);
  const { repository, before, after, at, files, readAt } = reading;
  const standing = files.map((file) => version(file, { commit: after, time: at, readAt }, `${before ?? ""}...${after}`));
  return meaning(repository, [...cameWith(reading), ...vanishedBy(reading), ...standing], files);
}

function vanishedBy({ branch, before, after, at, actor, content }: PushReading): readonly Fact[] {
  const commits = content?.vanished ?? [];
  if (before === null || commits.length === 0) return [];
  return [makeFact({ kind: "vanished", thing: `vanished:${after}`, at, branch, before, after, actor, commits })];
}

function cameWith({ branch, after, at, content }: PushReading): readonly Fact[] {
  return (content?.came ?? []).map(({ sha, message, author, time, files }) =>
    makeFact({
      kind: "commit",
      thing: `commit:${sha}`,
      at: timeOf.commit(time, at),
      sha,
      branch,
      pushHead: after,
      message,
      author,
      files: [...files].sort(),
    }),
  );
}

function readPermission(body: unknown): Meaning {
  const { repository, about, login, role, readAt } = permissionReading.parse(body);
  const [thing = about] = about.split("#");
  return meaning(repository, [makeFact({ kind: "permission", thing, at: readAt, about, login, role })], []);
}

/** Each proposal is a thing of its own, so that a task is looked at again only for those that name it. */
function readProposal(body: unknown): Meaning {
  const { repository, ...proposal } = proposalReading.parse(body);
  const thing = `proposal:${proposal.commit ?? `${proposal.revision}:${proposal.at}`}`;
  return meaning(repository, [makeFact({ kind: "proposal", thing, ...proposal })], []);
}

/** Facts that another lane was told of this repository. */
function readTold(body: unknown): Meaning {
  const { repository, facts } = toldReading.parse(body);
  return meaning(repository, facts, []);
}

/** Nothing new: what is known is to be derived by the rules of now. */
function readAgain(body: unknown): Meaning {
  const { repository } = askReading.parse(body);
  return { ...meaning(repository, [], []), asks: "again" };
}

/** Somebody at the command line asks for what `/plan sync` does. */
function readSync(body: unknown): Meaning {
  const { repository } = askReading.parse(body);
  return { ...meaning(repository, [], []), asks: "history" };
}

type Version = { readonly commit: Sha; readonly time: Instant; readonly readAt: Instant };

/**
 * A file at a commit: of the configuration, or of what may be a plan. Whether it is one is decided by those who read its text.
 * `push` = the one that put the branch back to this version: it stands anew from then on, whatever came in between.
 */
function version(file: { readonly path: string; readonly blob: Sha | null }, { commit, time, readAt }: Version, push?: string): Fact {
  const { path, blob } = file;
  return isConfigurationPath(path)
    ? makeFact({ kind: "configuration", thing: "configuration", at: time, path, commit, blob }, push)
    : makeFact({ kind: "plan", thing: `plan:${path}`, at: time, path, commit, blob, readAt }, push);
}

function meaning(
  repository: number,
  facts: readonly Fact[],
  files: readonly { readonly blob: Sha | null; readonly text: string | null }[],
): Meaning {
  const texts = files.flatMap(({ blob, text }) => (blob === null || text === null ? [] : [[blob, text] as const]));
  return { told: toldTo(repository, facts), texts: new Map(texts), from: null, news: null };
}

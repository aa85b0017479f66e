/** What our readings hold: written by the readers of this folder, stored in the inbox, read back by `translate/readings.ts`. */
import { z } from "zod";
import { factSchema, roles, statuses } from "../core/words.ts";
import { sha, text } from "./translate/fields.ts";

/** A text of a plan or configuration file is no field of a fact: it is kept as it is, bytes that are no UTF-8 replaced. */
const blob = { blob: sha.nullable(), text: z.string().nullable() };
const instant = z.number();

/** A file as it stands, with the last commit that touched it. */
const standingFile = z.object({ path: text, ...blob, commit: sha, time: instant });

/** The repository as it stood. `found` is null where GitHub shows it to us no longer, `head` where it has no commit. */
export const repositoryReading = z.object({
  repository: z.number(),
  installation: z.number(),
  readAt: instant,
  asked: z.object({ owner: text, name: text }),
  found: z
    .object({
      owner: text,
      name: text,
      defaultBranch: text,
      private: z.boolean(),
      updatedAt: instant,
      head: z.object({ commit: sha, time: instant }).nullable(),
      files: z.array(standingFile),
      /** Files that look like plans but were not fetched, and why. */
      left: z.array(z.object({ path: text, because: z.enum(["too-large", "too-many"]) })),
      /** GitHub listed only a part of the tree. */
      truncated: z.boolean(),
    })
    .nullable(),
});

/** Files at one commit of the default branch; `blob` is null where that commit has no such file. */
export const filesReading = z.object({
  repository: z.number(),
  commit: sha,
  time: instant,
  readAt: instant,
  files: z.array(z.object({ path: text, ...blob })),
});

/** A pull request at one head. `content` is null where its head moved on before it was read. */
export const pullReading = z.object({
  repository: z.number(),
  number: z.number(),
  headSha: sha,
  content: z
    .object({
      updatedAt: instant,
      commits: z.array(z.object({ sha, message: text })),
      files: z.array(text),
      /** `origin` = the file where the branch set out from its base, null where there was none; absent where that is not known. */
      texts: z.array(z.object({ path: text, ...blob, origin: z.object({ blob: sha, text: z.string() }).nullable().exactOptional() })),
      truncated: z.boolean(),
    })
    .nullable(),
});

/**
 * What a push did beyond what its delivery told. `content` is null where GitHub can no longer compare the two commits. `came`: empty where the
 * delivery told them. `files`: the plans asked for, as they stand after the push.
 */
export const pushReading = z.object({
  repository: z.number(),
  branch: text,
  before: sha.nullable(),
  after: sha,
  at: instant,
  actor: text.nullable(),
  content: z
    .object({
      came: z.array(z.object({ sha, message: text, author: text.nullable(), time: instant.nullable(), files: z.array(text) })),
      vanished: z.array(z.object({ sha, as: sha.nullable() })),
    })
    .nullable(),
  readAt: instant,
  files: z.array(z.object({ path: text, ...blob })),
});

export const permissionReading = z.object({
  repository: z.number(),
  about: z.string(),
  login: text,
  role: z.enum(roles),
  readAt: instant,
});

/** Whether a label had changed as told, and when GitHub said so. */
export const labelReading = z.object({
  repository: z.number(),
  label: z.number(),
  was: text,
  name: text.nullable(),
  actor: text.nullable(),
  changed: z.boolean(),
  readAt: instant,
});

/** What we proposed to write into a plan file (\`commit\`), or took back (null). */
export const proposalReading = z.object({
  repository: z.number(),
  at: instant,
  path: text,
  branch: z.string(),
  commit: sha.nullable(),
  revision: z.string(),
  rows: z.array(z.object({ scope: z.string(), token: z.string(), status: z.enum(statuses).nullable() })),
});

/** What the lane of an installation was told of one of its repositories. */
export const toldReading = z.object({ repository: z.number(), facts: z.array(factSchema) });

/** What is asked for a repository by its kind alone: that its tasks are derived again, that its past is read. */
export const askReading = z.object({ repository: z.number() });

export type RepositoryReading = z.infer<typeof repositoryReading>;
export type FilesReading = z.infer<typeof filesReading>;
export type PushReading = z.infer<typeof pushReading>;
export type PullReading = z.infer<typeof pullReading>;
export type LabelReading = z.infer<typeof labelReading>;
export type PermissionReading = z.infer<typeof permissionReading>;

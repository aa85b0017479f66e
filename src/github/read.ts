import type { Reader } from "../ports.ts";
import type { ReadCalls } from "./calls.ts";
import { readFiles } from "./read/files.ts";
import { readPermission } from "./read/permission.ts";
import { readPull } from "./read/pull.ts";
import { readRepository } from "./read/repository.ts";

/** Asks GitHub, and answers with readings for the inbox (`reading.ts` says what each holds). */
export const openReader = (calls: ReadCalls): Reader => ({
  repository: (at) => readRepository(calls, at),
  files: (at, ask) => readFiles(calls, at, ask),
  pull: (at, ask) => readPull(calls, at, ask),
  permission: (at, ask) => readPermission(calls, at, ask),
});

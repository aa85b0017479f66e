import type { Instant } from "../core/words.ts";
import type { EarlierText, Reader } from "../ports.ts";
import type { ReadCalls } from "./calls.ts";
import { readClock } from "./read/clock.ts";
import { readFiles } from "./read/files.ts";
import { readLabel } from "./read/label.ts";
import { readPast } from "./read/past/past.ts";
import { readPermission } from "./read/permission.ts";
import { readPull } from "./read/pull.ts";
import { readPush } from "./read/push.ts";
import { readRepository } from "./read/repository.ts";
import { readSnapshot } from "./read/snapshot.ts";

/** Asks GitHub, and answers with readings for the inbox (`reading.ts` says what each holds). */
export const openReader = (calls: ReadCalls, so: { readonly appId: number; readonly now: () => Instant }): Reader => ({
  repository: (at, earlier = never) => readRepository(calls, at, earlier),
  files: (at, ask, earlier = never) => readFiles(calls, at, ask, earlier),
  pull: (at, ask, earlier = never) => readPull(calls, at, ask, earlier),
  label: (at, ask) => readLabel(calls, at, ask),
  snapshot: (at, ask) => readSnapshot({ ...so, calls }, at, ask),
  push: (at, ask, earlier = never) => readPush(calls, at, ask, earlier),
  past: (at, ask, earlier = never) => readPast({ ...so, calls }, at, { ...ask, earlier }),
  clock: (at) => readClock(calls, at),
  permission: (at, ask) => readPermission(calls, at, ask),
});

const never: EarlierText = async () => null;

import { backlog } from "./backlog.ts";
import { beads } from "./beads.ts";
import { bmad } from "./bmad.ts";
import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { gsd } from "./gsd.ts";
import { kiro } from "./kiro.ts";
import { markdown } from "./markdown.ts";
import { openspec } from "./openspec.ts";
import { prdJson } from "./prd-json.ts";
import { specKit } from "./spec-kit.ts";
import { taskMaster } from "./task-master.ts";
import { yamlPlan } from "./yaml-plan.ts";

/** Every format plans are read from, in the order in which they look at a file. */
export const formats = {
  backlog,
  bmad,
  beads,
  "task-master": taskMaster,
  "prd-json": prdJson,
  csv,
  yaml: yamlPlan,
  "spec-kit": specKit,
  kiro,
  openspec,
  gsd,
  markdown,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;

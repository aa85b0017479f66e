import { backlog } from "./backlog.ts";
import { bmad } from "./bmad.ts";
import { csv } from "./csv.ts";
import type { Format } from "./format.ts";
import { kiro } from "./kiro.ts";
import { markdown } from "./markdown.ts";
import { openspec } from "./openspec.ts";
import { specKit } from "./spec-kit.ts";
import { yamlPlan } from "./yaml-plan.ts";

/** Every format plans are read from, in the order in which they look at a file. */
export const formats = { backlog, bmad, csv, yaml: yamlPlan, "spec-kit": specKit, kiro, openspec, markdown } as const satisfies Readonly<
  Record<string, Format>
>;

export type FormatName = keyof typeof formats;

import { createHash } from "node:crypto";
import { canonicalJson, type Fact, type FactId, type FactKind } from "../core/words.ts";

/** A fact that has no id yet. */
export type Draft<F extends Fact = Fact> = F extends Fact ? Omit<F, "id"> : never;

/**
 * Times that do not make a fact another one: two routes tell the same commit, or read the same version of a file, at different times.
 * Every other fact is a snapshot or a saying, and the same content at another time is another happening.
 */
const besides: Readonly<Partial<Record<FactKind, readonly string[]>>> = {
  commit: ["at", "fromList"],
  plan: ["at", "readAt"],
  configuration: ["at"],
  "pull-content": ["at"],
  // Who did it is told by deliveries alone, not by what the API shows of the same state.
  pull: ["actor", "fromList"],
  issue: ["actor", "fromList"],
  relation: ["fromList"],
  review: ["fromList"],
  // `create` and the push beside it tell of one branch; only the push says where it points.
  branch: ["head", "actor", "fromList"],
};

/**
 * A draft with its id: the thing, and a hash of the canonical content, so that one happening told twice is one fact.
 * `occasion` tells apart happenings to which GitHub gives neither a time nor content of their own.
 */
export function makeFact<D extends Draft>(draft: D, occasion?: string): D & { readonly id: FactId } {
  const left = besides[draft.kind] ?? [];
  const told = draft.kind === "branch" ? { ...draft, gone: draft.head === null } : draft;
  const content = Object.fromEntries(Object.entries(told).filter(([name]) => !left.includes(name)));
  const hash = createHash("sha256").update(canonicalJson(occasion === undefined ? content : { ...content, occasion }));
  return { ...draft, id: `${draft.thing}#${hash.digest("hex").slice(0, 24)}` };
}

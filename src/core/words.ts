/** The words every other file speaks: the glossary of ARCHITECTURE.md as types, by topic. */
export * from "./words/backfill.ts";
export * from "./words/basic.ts";
export * from "./words/canonical.ts";
export * from "./words/check-text.ts";
export * from "./words/configuration.ts";
export * from "./words/derived.ts";
export * from "./words/effect.ts";
export * from "./words/fact.ts";
export * from "./words/fault.ts";
export * from "./words/findings.ts";
export * from "./words/material.ts";
export * from "./words/own-work.ts";
export * from "./words/plan.ts";
export * from "./words/promise.ts";
export * from "./words/read-fact.ts";
export * from "./words/reference.ts";

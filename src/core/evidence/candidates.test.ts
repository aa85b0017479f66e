import { expect, test } from "vitest";
import type { Place } from "../words.ts";
import { candidateTokens } from "./candidates.ts";

test.each<[Place, string, readonly string[]]>([
  ["commit", "Just plain words, 12 of them, version 1.2", []],
  ["commit", "AUTH-005: login, auth-5 again", ["AUTH-5"]],
  ["commit", "T025 in a read-only mode", ["T25", "READ-ONLY"]],
  ["commit", "AUTH-005-login", ["AUTH-5-LOGIN", "AUTH-5"]],
  ["commit", "AUTH-005.1", ["AUTH-5.1"]],
  ["commit", "SPEC-005/006, T1..3", ["SPEC-5", "SPEC-6", "T1", "T3", "T2"]],
  ["commit", "src/auth-5 and x-AUTH-5_y", ["X-AUTH-5_Y"]],
  ["commit", "task 1.2 and tasks 3, 4", ["1.2", "3", "4"]],
  ["commit", "fixup! AUTH-005", []],
  ["body", "`AUTH-001` AUTH-002", ["AUTH-2"]],
  ["commit", "014-roadmap#T012, task alpha#7 and alpha#8", ["14-ROADMAP", "T12", "7"]],
  ["label", "014-roadmap#T012", ["T12"]],
  ["comment", "/status 014-roadmap#T012 done", ["T12", "14-ROADMAP"]],
  ["branch", "wo/db-002", ["WO-DB-2", "WO-DB", "DB-2"]],
  ["branch", "dependabot/npm-5", []],
  ["label", "task: AUTH-005", ["AUTH-5"]],
  ["label", "good first issue", []],
  ["comment", "/status 68 done", ["68"]],
  ["comment", "/block AUTH-005 on 7", ["AUTH-5", "7"]],
])("%s %j could name %j", (place, text, tokens) => {
  expect(candidateTokens(text, place)).toEqual(tokens);
});

test("a range too long to be read yields its ends alone", () => {
  expect(candidateTokens("T1-T900", "commit")).toEqual(["T1-T900", "T1", "T900"]);
});

import { expect, test } from "vitest";
import { help, readOptions } from "./options.ts";

test("without options the story is told to a person, by the live app, on its own Postgres", () => {
  expect(readOptions([])).toEqual({ help: false, json: false, keep: false, mode: "live", databaseUrl: null, patience: 20_000 });
});

test.each([
  ["--jsno", /jsno/],
  ["--mode=dry", /live or observe/],
  ["--patience=soon", /number of seconds/],
  ["--patience=0", /number of seconds/],
  ["story", /story/],
])("%s is refused with what is wrong", (argument, wrong) => {
  expect(readOptions([argument])).toEqual({ wrong: expect.stringMatching(wrong) });
});

test("every option is in the help", () => {
  for (const option of ["--json", "--keep", "--mode observe", "--patience", "--database", "--help"]) expect(help).toContain(`  ${option}`);
});

import { expect, test } from "vitest";
import { answeredAt, clientFor, githubFor, newPlace, playGitHub, repo } from "../../../test/github-app.ts";

playGitHub();

const ask = { about: "labels#1", label: 5, was: "on hold/soon", name: null, actor: "mira" };
const path = `${repo}/labels/on%20hold%2Fsoon`;

test.each([
  ["gone", 404, { message: "Not Found" }, true],
  ["made anew", 200, { id: 6, name: "on hold/soon" }, true],
  ["still there", 200, { id: 5, name: "on hold/soon" }, false],
])("a label that is %s", async (_, status, answer, changed) => {
  const at = newPlace();
  githubFor(at).get(path).reply(status, answer);

  const { read } = await clientFor(at);

  expect(await read.label(at, ask)).toEqual({
    id: "label:42:labels#1",
    kind: "label",
    body: { repository: 42, label: 5, was: "on hold/soon", name: null, actor: "mira", changed, readAt: answeredAt },
  });
});

import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { Fault } from "../core/words.ts";
import { replaceFile } from "./replace-file.ts";

async function fileWith(content: string | Uint8Array): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, "plan.md");
  await writeFile(path, content);
  return { folder, path };
}

test("a file gets its new text, keeps its mode, and nothing is left beside it", async () => {
  const { folder, path } = await fileWith("\uFEFFold\r\n");
  await chmod(path, 0o640);

  expect(await replaceFile(path, { before: "\uFEFFold\r\n", after: "\uFEFFnew é\r\n" })).toBe("written");
  expect(await readFile(path, "utf8")).toBe("\uFEFFnew é\r\n");
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(folder)).toEqual(["plan.md"]);
});

test("who has the old file open keeps reading the old text", async () => {
  const { folder, path } = await fileWith("old");
  await link(path, join(folder, "held"));

  await replaceFile(path, { before: "old", after: "new" });

  expect(await readFile(join(folder, "held"), "utf8")).toBe("old");
});

test("a file that somebody changed since it was read stays as they left it", async () => {
  const { folder, path } = await fileWith("theirs");

  expect(await replaceFile(path, { before: "old", after: "new" })).toBe("changed meanwhile");
  expect(await replaceFile(join(folder, "gone.md"), { before: "old", after: "new" })).toBe("changed meanwhile");
  expect(await readFile(path, "utf8")).toBe("theirs");
  expect(await readdir(folder)).toEqual(["plan.md"]);
});

test("nothing is written through a link, nor over a folder", async () => {
  const { folder, path } = await fileWith("old");
  await symlink(path, join(folder, "link.md"));
  await mkdir(join(folder, "sub"));

  expect(await replaceFile(join(folder, "link.md"), { before: "old", after: "new" })).toBe("not a regular file");
  expect(await replaceFile(join(folder, "sub"), { before: "old", after: "new" })).toBe("not a regular file");
  expect(await readFile(path, "utf8")).toBe("old");
});

test("bytes that are not UTF-8 are not lost", async () => {
  const bytes = Buffer.from("caf\xe9", "latin1");
  const { path } = await fileWith(bytes);

  expect(await replaceFile(path, { before: new TextDecoder().decode(bytes), after: "cafe" })).toBe("not UTF-8");
  expect(await readFile(path)).toEqual(bytes);
});

test("a place that cannot be written is a fault with its path", async () => {
  const { path } = await fileWith("old");

  await expect(replaceFile(join(path, "below.md"), { before: "", after: "" })).rejects.toThrow(Fault);
});

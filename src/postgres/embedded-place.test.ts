import { chmod, chown, mkdir, realpath, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { choosePlace, makeFolder, refuseStrangers } from "./embedded-place.ts";

const other = { uid: 65_534, gid: 65_534 };
const testAsRoot = test.skipIf(process.getuid?.() !== 0);
// Windows knows no owners and modes.
const testWithModes = test.skipIf(process.getuid === undefined);

test("the data goes where it was asked to go", async () => {
  const folder = await realpath(await temporaryFolder());

  expect(await choosePlace(join(folder, "new", "data"), null)).toBe(join(folder, "new", "data"));
  expect(await choosePlace(join(folder, "other"), other)).toBe(join(folder, "other"));
});

testAsRoot("a closed folder on the way sends the data to a place that is the same every time and another for another folder", async () => {
  const folder = await realpath(await temporaryFolder());
  const closed = join(folder, "closed");
  const fallback = join(folder, "fallback");
  await mkdir(closed, { mode: 0o700 });

  const place = await choosePlace(join(closed, "a"), other, fallback);

  expect(place.startsWith(join(fallback, ""))).toBe(true);
  expect(await choosePlace(join(closed, "a"), other, fallback)).toBe(place);
  expect(await choosePlace(join(closed, "b"), other, fallback)).not.toBe(place);
});

testAsRoot("an empty closed folder of ours is opened just enough, one that holds something is left alone", async () => {
  const folder = await realpath(await temporaryFolder());
  const [empty, full] = [join(folder, "empty"), join(folder, "full")];
  for (const path of [empty, full]) await mkdir(path, { mode: 0o700 });
  await writeFile(join(full, "letter"), "private");

  expect(await choosePlace(empty, other, join(folder, "fallback"))).toBe(empty);
  expect(await choosePlace(full, other, join(folder, "fallback"))).not.toBe(full);

  expect((await stat(empty)).mode & 0o777).toBe(0o711);
  expect((await stat(full)).mode & 0o777).toBe(0o700);
});

testWithModes("a folder made for Postgres can be passed through whatever our umask is", async () => {
  const folder = await realpath(await temporaryFolder());
  const before = process.umask(0o077);
  onTestFinished(() => {
    process.umask(before);
  });

  await makeFolder(join(folder, "one", "two"));

  expect((await stat(join(folder, "one"))).mode & 0o777).toBe(0o755);
  expect((await stat(join(folder, "one", "two"))).mode & 0o777).toBe(0o755);
});

testWithModes("a folder that others could have written to is not trusted", async () => {
  const folder = await temporaryFolder();
  const [open, below, link] = [join(folder, "open"), join(folder, "open", "below"), join(folder, "link")];
  await mkdir(below, { recursive: true });
  await chmod(open, 0o777);
  await symlink(below, link);

  await expect(refuseStrangers(folder)).resolves.toBeUndefined();
  await expect(refuseStrangers(open)).rejects.toThrow("others may write");
  await expect(refuseStrangers(below)).rejects.toThrow("others may write");
  await expect(refuseStrangers(link)).rejects.toThrow("not a folder");
});

testAsRoot("a folder that belongs to somebody else is not trusted", async () => {
  const folder = join(await temporaryFolder(), "theirs");
  await mkdir(folder);
  await chown(folder, other.uid, other.gid);

  await expect(refuseStrangers(folder)).rejects.toThrow("others may write");
});

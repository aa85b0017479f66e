import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { bodyReader } from "./read-body.ts";

const kilobyte = Buffer.alloc(1024, "a");

test("bodies that arrive at the same time share one budget, and it comes back when they are read", async () => {
  const read = bodyReader({ one: 64 * 1024, together: 100 * 1024 });
  const [first, second, third] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const [one, two] = [read(first), read(second)];
  fill(first, 60);
  fill(second, 60);

  expect(await two).toBe("busy");
  first.end();
  expect(await one).toHaveLength(60 * 1024);

  const three = read(third);
  fill(third, 60);
  third.end();
  expect(await three).toHaveLength(60 * 1024);
});

test("a body may be as large as the limit and not a byte larger", async () => {
  const read = bodyReader({ one: 8 * 1024, together: 1024 * 1024 });
  const [fits, over] = [new PassThrough(), new PassThrough()];
  const [whole, refused] = [read(fits), read(over)];
  fill(fits, 8);
  fits.end();
  fill(over, 8);
  over.end("a");

  expect(await whole).toHaveLength(8 * 1024);
  expect(await refused).toBe("too-large");
});

test("a sender that leaves gives its share of the budget back", async () => {
  const read = bodyReader({ one: 64 * 1024, together: 64 * 1024 });
  for (let times = 0; times < 10; times++) {
    const stream = new PassThrough();
    const body = read(stream);
    fill(stream, 30);
    stream.destroy();
    expect(await body).toBe("cut-off");
  }

  const stream = new PassThrough();
  const body = read(stream);
  stream.end("{}");
  expect(await body).toEqual(Buffer.from("{}"));
});

function fill(stream: PassThrough, kilobytes: number): void {
  for (let written = 0; written < kilobytes; written++) stream.write(kilobyte);
}

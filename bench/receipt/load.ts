/** Sends deliveries over a number of connections for a while, on each the next one as soon as the last was answered. A process of its own. */
import { randomBytes } from "node:crypto";
import { performance } from "node:perf_hooks";
import { quantile } from "../spread.ts";
import { openConnection } from "./connection.ts";
import { type Load, type LoadResult, loadSchema } from "./words.ts";

process.once("message", async (message) => {
  process.send?.(await run(loadSchema.parse(message)));
});

async function run(load: Load): Promise<LoadResult> {
  const connections = await Promise.all(Array.from({ length: load.connections }, () => openConnection(new URL(load.url))));
  const next = requests(load);
  const start = performance.now();
  const end = start + load.seconds * 1000;
  const times: number[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      for (let sent = start; sent < end; ) {
        const request = next();
        sent = performance.now();
        const status = await connection.send(request);
        times.push(performance.now() - sent);
        if (status !== 200 && status !== 202) throw new Error(`a delivery was answered with ${status}`);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of connections) connection.close();
  return { accepted: times.length, perSecond: times.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Every delivery has an id of its own, as GitHub's do; the bodies were signed beforehand. */
function requests({ url, deliveries }: Load): () => string {
  const { host, pathname } = new URL(url);
  const bodies = deliveries.map(({ body, signature }) => {
    const bytes = Buffer.from(body);
    const lines = [
      `POST ${pathname} HTTP/1.1`,
      `host: ${host}`,
      "content-type: application/json",
      `content-length: ${bytes.length}`,
      "user-agent: GitHub-Hookshot/bench",
      "x-github-event: push",
      `x-hub-signature-256: ${signature}`,
      "x-github-delivery: ",
    ];
    return { head: lines.join("\r\n"), body: bytes.toString("latin1") };
  });
  const run = randomBytes(8).toString("hex");
  let count = 0;
  return () => {
    count += 1;
    const request = bodies[count % bodies.length];
    if (request === undefined) throw new Error("there is nothing to send");
    return `${request.head}${run}-${count}\r\n\r\n${request.body}`;
  };
}

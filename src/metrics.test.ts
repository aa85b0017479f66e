import { expect, test } from "vitest";
import { createMetrics, type InboxLevel } from "./metrics.ts";

const level: InboxLevel = { waiting: 3, oldestSeconds: 42, parked: 1 };
const metrics = () => createMetrics(async () => level);

test("deliveries are counted by event and outcome", async () => {
  const counted = metrics();
  counted.delivery("push", "stored");
  counted.delivery("push", "stored");
  counted.delivery("push", "known");

  const text = await counted.text();
  expect(text).toContain('plankeeper_deliveries_total{event="push",outcome="stored"} 2');
  expect(text).toContain('plankeeper_deliveries_total{event="push",outcome="known"} 1');
});

test("a sender cannot make the number of series grow with invented event names", async () => {
  const counted = metrics();
  for (let i = 0; i < 5000; i++) counted.delivery(`made_up_${i}"\n`, "bad-signature");

  const lines = (await counted.text()).split("\n").filter((line) => line.startsWith("plankeeper_deliveries_total"));
  expect(lines).toEqual(['plankeeper_deliveries_total{event="other",outcome="bad-signature"} 5000']);
});

test("routes beyond the first hundred share one name", async () => {
  const counted = metrics();
  for (let i = 0; i < 150; i++) counted.githubCall(`GET /thing/${i}`, 200, 10);

  expect(await counted.text()).toContain('plankeeper_github_call_seconds_count{route="other",status="200"} 50');
});

test("times are given in seconds", async () => {
  const counted = metrics();
  counted.drained(1500, 7);
  counted.performed("check", 250, "written");
  counted.githubCall("GET /repos/{owner}/{repo}", 304, 20);

  const text = await counted.text();
  expect(text).toContain("plankeeper_drain_seconds_sum 1.5");
  expect(text).toContain("plankeeper_drained_rows_total 7");
  expect(text).toContain('plankeeper_perform_seconds_sum{kind="check",outcome="written"} 0.25');
  expect(text).toContain('plankeeper_github_call_seconds_sum{route="GET /repos/{owner}/{repo}",status="304"} 0.02');
});

test("the calls left are known by installation", async () => {
  const counted = metrics();
  counted.rateLeft(7, 4999);
  counted.rateLeft(7, 4998);

  expect(await counted.text()).toContain('plankeeper_github_rate_left{installation="7"} 4998');
});

test("the inbox is read at each scrape", async () => {
  const levels: InboxLevel[] = [level, { waiting: 0, oldestSeconds: null, parked: 0 }];
  const counted = createMetrics(async () => levels.shift() ?? null);

  const first = await counted.text();
  expect(first).toContain("plankeeper_inbox_waiting 3");
  expect(first).toContain("plankeeper_inbox_oldest_seconds 42");
  expect(first).toContain("plankeeper_inbox_parked 1");
  expect(await counted.text()).toContain("plankeeper_inbox_oldest_seconds 0");
});

test("an inbox that cannot be read leaves its numbers out and the rest in", async () => {
  let broken = false;
  const counted = createMetrics(async () => {
    if (broken) throw new Error("the database is away");
    return level;
  });
  counted.delivery("push", "unavailable");
  await counted.text();
  broken = true;

  const text = await counted.text();
  expect(text).not.toMatch(/^plankeeper_inbox_waiting /m);
  expect(text).toContain('plankeeper_deliveries_total{event="push",outcome="unavailable"} 1');
});

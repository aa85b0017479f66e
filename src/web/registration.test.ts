import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../logging.ts";
import { readSettings } from "../settings.ts";
import { readManifest } from "./manifest.ts";
import { type Registration, startRegistration } from "./registration.ts";

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const hour = 3_600_000;
const made = {
  id: 4711,
  slug: "plankeeper",
  html_url: "https://github.example.com/apps/plankeeper",
  client_id: "Iv23liTest",
  client_secret: "c".repeat(40),
  webhook_secret: "d".repeat(40),
  pem,
};
const address = "https://plankeeper.example.com";

let folder = "";
let time = 0;
let lines: string[] = [];
let open: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "registration-"));
  [time, lines, open] = [1_000_000, [], []];
});
afterEach(async () => {
  await Promise.all(open.map((close) => close()));
  await rm(folder, { recursive: true });
});

describe("registering the app", () => {
  test("ends with its keys in the file, and the app starts with them", async () => {
    const github = await fakeGitHub();
    await writeFile(join(folder, ".env"), "PORT=4000\nWEBHOOK_SECRET=left-over-from-before\n");
    const app = await start(github);

    const sent = await register(app);
    const answer = await comeBack(sent, "the-code");

    expect(answer.status).toBe(200);
    expect(github.asked).toEqual(["POST /app-manifests/the-code/conversions"]);
    const kept = parseEnv(await readFile(join(folder, ".env"), "utf8"));
    expect(kept).toMatchObject({ PORT: "4000", APP_ID: "4711", PUBLIC_URL: address, GITHUB_CLIENT_SECRET: made.client_secret });
    expect(readSettings(kept, { role: "all" })).toMatchObject({
      ok: true,
      settings: { registration: false, appId: 4711, webhookSecrets: [made.webhook_secret], publicUrl: address },
    });
    await expect(app.registered).resolves.toBe(made.html_url);
  });

  test("tells what was kept, what was replaced and what to do next, and shows no secret", async () => {
    await writeFile(join(folder, ".env"), "WEBHOOK_SECRET=left-over-from-before\n");
    const app = await start(await fakeGitHub());

    const page = await (await comeBack(await register(app), "the-code")).text();

    expect(page).toContain(join(folder, ".env"));
    expect(page).toMatch(/had another value before[^.]*<code>WEBHOOK_SECRET<\/code>/);
    expect(page).toContain(`href="${made.html_url}/installations/new"`);
    expect(page).toContain("npm start");
    for (const secret of [made.client_secret, made.webhook_secret, "left-over", pem.slice(100, 140)]) {
      expect(page).not.toContain(secret);
      expect(lines.join("")).not.toContain(secret);
    }
  });

  test("sends GitHub a manifest with this installation's addresses", async () => {
    const app = await start(await fakeGitHub());

    const { action, manifest } = await register(app);

    expect(action.origin + action.pathname).toBe("https://github.example.com/settings/apps/new");
    expect(manifest).toMatchObject({
      name: "Plankeeper",
      url: address,
      hook_attributes: { url: `${address}/api/github/webhooks`, active: true },
      redirect_url: `${app.url}/setup`,
      callback_urls: [`${address}/auth/github/callback`],
      setup_url: `${address}/installed`,
      default_permissions: { contents: "read", merge_queues: "read", checks: "write" },
    });
  });

  test("for an organisation goes to that organisation's page", async () => {
    const app = await start(await fakeGitHub());

    expect((await register(app, { organisation: "octo-org" })).action.pathname).toBe("/organizations/octo-org/settings/apps/new");
  });

  test("comes back to the public address where one is set, with a cookie for TLS only", async () => {
    const app = await start(await fakeGitHub(), { publicUrl: "https://keeper.example.org" });

    expect(app.invitation).toMatch(/^https:\/\/keeper\.example\.org\/\?key=/);
    const sent = await register(app);
    expect(sent.manifest).toMatchObject({ redirect_url: "https://keeper.example.org/setup" });
    expect(sent.setCookie).toContain("Secure");
  });

  test("is over after it succeeded", async () => {
    const app = await start(await fakeGitHub());
    const second = await register(app);
    await comeBack(await register(app), "the-code");

    expect((await comeBack(second, "another-code")).status).toBe(410);
    expect((await fetch(invitationOf(app))).status).toBe(410);
  });
});

test("a container that waits for its registration counts as alive", async () => {
  const app = await start(await fakeGitHub());

  expect((await fetch(`${app.url}/alive`)).status).toBe(200);
});

describe("nobody else can take the app:", () => {
  test.each(["/", "/?key=", "/?key=guess", "/register?address=https://evil.example", "/?key=a&key=b"])(
    "%s needs the key from the console",
    async (asked) => {
      const app = await start(await fakeGitHub());

      const answer = await fetch(`${app.url}${asked}`);

      expect(answer.status).toBe(403);
      expect(await answer.text()).not.toContain("<form");
    },
  );

  test("a browser that did not begin cannot finish", async () => {
    const github = await fakeGitHub();
    const app = await start(github);
    const sent = await register(app);
    const other = await register(app);

    expect((await comeBack({ ...sent, cookie: "" }, "the-code")).status).toBe(403);
    expect((await comeBack({ ...sent, state: "guess" }, "the-code")).status).toBe(403);
    expect((await comeBack({ ...other, cookie: sent.cookie }, "the-code")).status).toBe(403);
    expect(github.asked).toEqual([]);
  });

  test("a state serves once", async () => {
    const github = await fakeGitHub({ status: 404 });
    const app = await start(github);
    const sent = await register(app);

    expect((await comeBack(sent, "the-code")).status).toBe(502);
    expect((await comeBack(sent, "the-code")).status).toBe(403);
    expect(github.asked).toHaveLength(1);
  });

  test("a state is good for an hour", async () => {
    const app = await start(await fakeGitHub());
    const sent = await register(app);
    time += hour;

    expect((await comeBack(sent, "the-code")).status).toBe(403);
  });

  test("a code cannot lead to another endpoint of GitHub", async () => {
    const github = await fakeGitHub();
    const app = await start(github);

    expect((await comeBack(await register(app), "../../user/repos?x=")).status).toBe(400);
    expect(github.asked).toEqual([]);
  });

  test("the cookie is out of reach for scripts and other sites", async () => {
    const { setCookie } = await register(await start(await fakeGitHub()));

    expect(setCookie).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=3600$/);
  });
});

describe("what goes wrong is said in words:", () => {
  test.each<[string, Answer, string]>([
    ["GitHub refuses the code", { status: 404 }, "GitHub answered 404"],
    ["GitHub answers something else", { status: 201, body: { id: "x" } }, "not what was expected"],
    [
      "a key would add lines to the file",
      { status: 201, body: { ...made, client_id: "a\nDATABASE_URL=evil" } },
      "not what was expected: client_id",
    ],
  ])("%s", async (_, answer, words) => {
    const app = await start(await fakeGitHub(answer));

    const page = await comeBack(await register(app), "the-code");

    expect(page.status).toBe(502);
    expect(await page.text()).toContain(words);
    await expect(readFile(join(folder, ".env"))).rejects.toThrow("ENOENT");
  });

  test("GitHub cannot be reached", async () => {
    const github = await fakeGitHub();
    const app = await start({ ...github, url: "http://127.0.0.1:1" });

    expect(await (await comeBack(await register(app), "the-code")).text()).toContain("GitHub did not answer");
  });

  test("GitHub made no webhook secret", async () => {
    const app = await start(await fakeGitHub({ status: 201, body: { ...made, webhook_secret: null } }));

    expect(await (await comeBack(await register(app), "the-code")).text()).toContain("GitHub made no webhook secret");
  });

  test.each([
    ["not an address", "", "must look like"],
    ["ftp://plankeeper.example.com", "", "must look like"],
    ["https://user@plankeeper.example.com", "", "must look like"],
    ["http://localhost:3000", "", "refuses to send webhooks to localhost"],
    ["http://127.0.0.1:3000", "", "refuses to send webhooks to localhost"],
    [address, "not/an/org", "not the name of an organisation"],
  ])("the answer %s %s", async (written, organisation, words) => {
    const app = await start(await fakeGitHub());

    const answer = await ask(app, { address: written, organisation });

    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).toContain(words);
  });

  test("the keys could not be kept, before GitHub makes them", async () => {
    const app = await start(await fakeGitHub(), { file: join(folder, "nowhere", ".env") });

    expect(await (await ask(app, { address })).text()).toContain("could not be kept");
  });

  test("what a person typed comes back as text, not as HTML", async () => {
    const app = await start(await fakeGitHub());

    const page = await (await ask(app, { address: '"><script>alert(1)</script>' })).text();

    expect(page).not.toContain("<script");
    expect(page).toContain("&quot;&gt;&lt;script&gt;");
  });
});

test("every page runs no scripts and sends its form only to this app and to GitHub", async () => {
  const app = await start(await fakeGitHub());
  const pages = [await fetch(invitationOf(app)), await ask(app, { address }), await fetch(app.url)];

  expect(pages.map((page) => page.headers.get("content-security-policy"))).toEqual([
    expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/),
    expect.stringContaining("form-action 'self' https://github.example.com;"),
    expect.stringContaining("default-src 'none'"),
  ]);
});

// ── a person, a browser and GitHub ────────────────────────────────────────────────────────────

type Answer = { readonly status: number; readonly body?: unknown };

async function fakeGitHub(answer: Answer = { status: 201, body: made }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body ?? {}));
  });
  const url = await new Promise<string>((done) => {
    server.listen(0, "127.0.0.1", () => done(`http://127.0.0.1:${portOf(server)}`));
  });
  open.push(() => new Promise((done) => server.close(done)));
  return { url, asked };
}

async function start(github: { url: string }, options: { publicUrl?: string; file?: string } = {}): Promise<Registration> {
  const app = await startRegistration({
    settings: {
      host: "127.0.0.1",
      port: 0,
      publicUrl: options.publicUrl ?? null,
      githubUrl: "https://github.example.com",
      githubApiUrl: github.url,
    },
    log: createLog("info", { write: (line) => lines.push(line) }),
    now: () => time,
    manifest: readManifest(await readFile(new URL("../../app.yml", import.meta.url), "utf8")),
    file: options.file ?? join(folder, ".env"),
  });
  open.push(() => app.close());
  return app;
}

/** The invitation as the browser follows it here, where no proxy stands before the app. */
function invitationOf(app: Registration): string {
  return `${app.url}/${new URL(app.invitation).search}`;
}

function ask(app: Registration, answers: { address: string; organisation?: string }): Promise<Response> {
  const query = new URLSearchParams({ key: new URL(app.invitation).searchParams.get("key") ?? "", organisation: "", ...answers });
  return fetch(`${app.url}/register?${query}`);
}

/** Both pages, as a person fills them in: gives what the browser would post to GitHub, and the cookie it keeps. */
async function register(app: Registration, answers: { organisation?: string } = {}) {
  expect(await (await fetch(invitationOf(app))).text()).toContain('<form action="/register" method="get">');
  const answer = await ask(app, { address, ...answers });
  const page = await answer.text();
  const action = new URL(decoded(/<form action="([^"]*)" method="post">/.exec(page)?.[1] ?? ""));
  const manifest: unknown = JSON.parse(decoded(/name="manifest" value="([^"]*)"/.exec(page)?.[1] ?? "null"));
  const setCookie = answer.headers.get("set-cookie") ?? "";
  return { app, action, manifest, setCookie, cookie: setCookie.split(";")[0] ?? "", state: action.searchParams.get("state") ?? "" };
}

type Sent = Pick<Awaited<ReturnType<typeof register>>, "app" | "cookie" | "state">;

/** GitHub sends the browser back with a code. */
function comeBack({ app, cookie, state }: Sent, code: string): Promise<Response> {
  return fetch(`${app.url}/setup?${new URLSearchParams({ code, state })}`, { headers: { cookie } });
}

function decoded(attribute: string): string {
  return attribute.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

function portOf(server: Server): number {
  const at: AddressInfo | string | null = server.address();
  return typeof at === "object" && at !== null ? at.port : 0;
}

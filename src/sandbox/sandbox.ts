import { createPublicKey } from "node:crypto";
import { install, uninstall, withdraw } from "./acts/installations.ts";
import { createClock, machineNow } from "./clock.ts";
import { createObjects } from "./git/objects.ts";
import { createHooks } from "./hooks/hooks.ts";
import { createFaults } from "./http/faults.ts";
import { createRouter } from "./http/router.ts";
import { listen, serve } from "./http/server.ts";
import { routes } from "./routes/routes.ts";
import { createLimits } from "./state/limits.ts";
import { createRepository } from "./state/repositories.ts";
import type { Account, App, Permissions, Repository, World } from "./state/world.ts";
import { storyOf } from "./story/story.ts";
import type { Exchange, Sandbox, SandboxOptions, SandboxRepository } from "./words.ts";

export type * from "./words.ts";

/** What the app asks for when it is registered. */
const usualPermissions: Permissions = {
  actions: "read",
  checks: "write",
  contents: "write",
  deployments: "read",
  issues: "write",
  merge_queues: "read",
  metadata: "read",
  pull_requests: "write",
};
const usualEvents = [
  "create",
  "delete",
  "deployment_status",
  "issue_comment",
  "issue_dependencies",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "pull_request",
  "pull_request_review",
  "push",
  "repository",
  "sub_issues",
  "workflow_run",
];

/** Starts a small GitHub on a loopback port. Fails at once on a public key that is none, or a port that is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  createPublicKey(options.publicKey);
  const { server, url } = await listen(options.port ?? 0);
  const world = createWorld(options, url);
  const { clock, hooks } = world;
  const faults = createFaults();
  const exchanges: Exchange[] = [];
  const listeners: ((exchange: Exchange) => void)[] = [];
  const stories = new Map<SandboxRepository, Repository>();
  const repositoriesOf = (list: readonly SandboxRepository[]) => list.map((one) => stories.get(one)).filter((one) => one !== undefined);

  serve(server, { world, find: createRouter(routes), faults }, (exchange) => {
    exchanges.push(exchange);
    for (const listener of listeners) listener(exchange);
  });

  return {
    url,
    clock,
    exchanges,
    deliveries: hooks.deliveries,
    repository(asked) {
      const repository = createRepository(world, asked);
      const story = storyOf(world, repository);
      stories.set(story, repository);
      return story;
    },
    async install(repositories) {
      install(world, repositoriesOf(repositories));
      await hooks.sent();
    },
    async withdraw(repositories) {
      withdraw(world, repositoriesOf(repositories));
      await hooks.sent();
    },
    async uninstall(owner) {
      uninstall(world, owner);
      await hooks.sent();
    },
    send: (event, payload, { guid } = {}) => hooks.send(event, payload, guid),
    redeliver: hooks.redeliver,
    deliverTo: hooks.deliverTo,
    hold: hooks.hold,
    release: hooks.release,
    settled: hooks.settled,
    fault: faults.add,
    expireTokens: () => world.tokens.clear(),
    onExchange: (listener) => {
      listeners.push(listener);
    },
    async close() {
      await hooks.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createWorld(options: SandboxOptions, url: string): World {
  const clock = createClock(options.now ?? machineNow());
  let id = 1000;
  const nextId = () => {
    id += 1;
    return id;
  };
  const app = appOf(options, { nextId, createdAt: clock.now() });
  const receiver = {
    url: options.webhookUrl,
    secret: options.webhookSecret,
    appId: options.appId,
    answerWithin: options.answerWithin ?? 10_000,
  };
  return {
    url,
    clock,
    hooks: createHooks({ receiver, clock, nextId }),
    objects: createObjects(),
    app,
    apps: new Map([[app.id, app]]),
    manifests: new Map(),
    limits: createLimits(clock, options.rateLimit ?? 5000),
    accounts: new Map([app.bot, app.owner].map((one) => [one.login.toLowerCase(), one])),
    repositories: new Map(),
    installations: new Map(),
    tokens: new Map(),
    nextId,
  };
}

function appOf(
  { appId, appSlug = "plankeeper", publicKey, permissions }: SandboxOptions,
  own: { nextId(): number; createdAt: number },
): App {
  const someone = (login: string, type: Account["type"]): Account => ({ id: own.nextId(), login, type });
  return {
    id: appId,
    slug: appSlug,
    name: appSlug,
    owner: someone("app-owner", "User"),
    bot: someone(`${appSlug}[bot]`, "Bot"),
    publicKey,
    permissions: permissions ?? usualPermissions,
    events: usualEvents,
    createdAt: own.createdAt,
  };
}

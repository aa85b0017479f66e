/**
 * What receipt is measured against: Probot in its lightest form, its own middleware on Node's server, which writes no line a request.
 * `empty`: a handler that does nothing. `insert`: a handler that stores the delivery in one statement, as an app that must not lose any would.
 */
import { createServer } from "node:http";
import pg from "pg";
import { createNodeMiddleware, createProbot, type Probot } from "probot";

const [mode, databaseUrl] = process.argv.slice(2);

const handlers = {
  empty: (app: Probot) => {
    app.on("push", async () => undefined);
  },
  insert: (app: Probot) => {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
    app.on("push", async ({ id, name, payload }) => {
      await pool.query("insert into deliveries (id, event, payload) values ($1, $2, $3)", [id, name, JSON.stringify(payload)]);
    });
  },
} as const;

const middleware = await createNodeMiddleware(mode === "insert" ? handlers.insert : handlers.empty, {
  probot: createProbot(),
  webhooksPath: "/api/github/webhooks",
});
const server = createServer((request, response) => {
  void middleware(request, response, () => response.writeHead(404).end());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});

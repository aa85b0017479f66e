import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Stands before a TCP server, and fails as networks do. */
export type TcpProxy = {
  readonly port: number;
  /** Connections break, and new ones are refused. */
  cut(): Promise<void>;
  /** Nothing breaks and nothing comes through, as when packets are lost on the way. */
  freeze(): void;
  /** All is well again, also for what waits in connections that were frozen. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let frozen = false;

  const flow = ([near, far]: readonly [Socket, Socket]): void => {
    near.pipe(far);
    far.pipe(near);
  };
  const stop = ([near, far]: readonly [Socket, Socket]): void => {
    near.unpipe(far).pause();
    far.unpipe(near).pause();
  };
  const accept = (near: Socket): void => {
    const far = connect(target);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on("error", () => undefined);
      one.on("close", () => {
        other.destroy();
        pairs.delete(pair);
      });
    }
    if (!frozen) flow(pair);
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer({ pauseOnConnect: true }, accept).listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const cut = async (): Promise<void> => {
    for (const [near, far] of pairs) for (const socket of [near, far]) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    port,
    cut,
    freeze: () => {
      frozen = true;
      for (const pair of pairs) stop(pair);
    },
    restore: async () => {
      frozen = false;
      for (const pair of pairs) flow(pair);
      if (!server.listening) server = await listen(port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}

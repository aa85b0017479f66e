import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type Connection = {
  /** Sends a request, head and body, a character for each byte; resolves with the status of its answer once that is here to its end. */
  send(request: string): Promise<number>;
  close(): void;
};

/**
 * A connection that is kept for one request after the other. Not `node:http`: sending cost as much there as receiving does (140 µs of CPU
 * a request, here 60), and on a machine with few cores that is taken from the servers, most of all from the one that has Postgres beside it.
 */
export async function openConnection({ hostname, port }: URL): Promise<Connection> {
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  const answers = answersOf(socket);
  return {
    send: (request) => {
      socket.write(request, "latin1");
      return answers.next();
    },
    close: () => socket.destroy(),
  };
}

/** Statuses of the answers on this connection, in order. All three servers say how long their answers are. */
function answersOf(socket: Socket): { next(): Promise<number> } {
  let received = "";
  let waiting = { resolve: (_status: number): void => undefined, reject: (_error: Error): void => undefined };
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    const status = statusOf(received);
    if (status === null) return;
    received = "";
    waiting.resolve(status);
  });
  socket.on("error", (error) => waiting.reject(error));
  socket.on("close", () => waiting.reject(new Error("the server closed the connection")));
  return {
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      }),
  };
}

/** Null while the answer is not complete. */
function statusOf(received: string): number | null {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd === -1) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(received)?.[1];
  const status = /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1];
  if (length === undefined || status === undefined) throw new Error(`an answer without status or length: ${received}`);
  return received.length < headEnd + 4 + Number(length) ? null : Number(status);
}

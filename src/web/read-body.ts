import type { Readable } from "node:stream";

/** The bytes of a request's body, or why there are none: over the limit, too many others under way, or the sender left. */
export type Body = Buffer | "too-large" | "busy" | "cut-off";

export type BodyLimits = {
  /** Bytes of one body. */
  readonly one: number;
  /** Bytes held at a time for all bodies that are still arriving: nobody has proved yet who sends them. */
  readonly together: number;
};

/** A reader of bodies, byte for byte, that shares one budget. After a refusal the rest of the stream is left unread. */
export function bodyReader(limits: BodyLimits): (stream: Readable) => Promise<Body> {
  let held = 0;
  return (stream) =>
    new Promise((resolve) => {
      // One growing block rather than a list of chunks: a body sent in chunks of one byte would cost a hundred times its size.
      let block = Buffer.allocUnsafe(4096);
      let size = 0;
      held += block.length;

      const settle = (body: Body) => {
        stream.off("data", add).off("end", finish).off("error", leave).off("close", leave);
        held -= block.length;
        resolve(body);
      };
      const finish = () => settle(block.subarray(0, size));
      const leave = () => settle("cut-off");
      const add = (chunk: Buffer) => {
        if (size + chunk.length > limits.one) return settle("too-large");
        if (size + chunk.length > block.length) {
          const wider = Buffer.allocUnsafe(Math.max(size + chunk.length, Math.min(2 * block.length, limits.one)));
          held += wider.length - block.length;
          block.copy(wider, 0, 0, size);
          block = wider;
        }
        chunk.copy(block, size);
        size += chunk.length;
        if (held > limits.together) settle("busy");
      };
      stream.on("data", add).on("end", finish).on("error", leave).on("close", leave);
    });
}

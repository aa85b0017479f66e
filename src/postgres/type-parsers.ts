import pg from "pg";
import { z } from "zod";

const int8 = 20;
const int8Array = 1016;
const digits = z.array(z.string());

/**
 * pg gives bigint as text. Our ids and GitHub's are below 2^53, so they are read as numbers;
 * one that is not makes the query fail, because a rounded id would be another thing's.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(id, format) {
    const oid: number = id;
    const known = pg.types.getTypeParser(id, format);
    if (format === "binary") return known;
    if (oid === int8) return readInt8;
    return oid === int8Array ? (text: string) => digits.parse(known(text)).map(readInt8) : known;
  },
};

function readInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a JavaScript number`);
  return value;
}

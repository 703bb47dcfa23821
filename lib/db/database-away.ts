import { z } from "zod";

/** PostgreSQL's own codes for "not now": shutting down, starting up, no connection left; and class 08, broken connections. */
const SQL_STATE = /^(08...|57P0[123]|53300)$/;
/** Prisma's: not reachable, timed out, closed, no free connection in time, no transaction in time. */
const PRISMA_CODE = /^P(1001|1002|1008|1017|2024|2028)$/;
/** The system calls of a connection: a file that is missing is another thing. */
const CONNECTING = new Set(["connect", "getaddrinfo", "read", "write"]);
/** How Prisma's driver adapter names it. */
const ADAPTER_KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
/** What `pg` says without a code. */
const MESSAGE =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout|Cannot use a pool after calling end)/;

const text = z.string().optional().catch(undefined);
const thrown = z.object({
  code: text,
  kind: text,
  syscall: text,
  message: text,
  cause: z.unknown().optional(),
  meta: z.unknown().optional(),
  driverAdapterError: z.unknown().optional(),
  errors: z.array(z.unknown()).catch([]),
});

/**
 * Does an error mean that the database cannot be reached now, so that trying later makes sense? Looks at what it was caused
 * by as well: Prisma and `pg` each wrap it their own way. Pure.
 */
export function isDatabaseAway(error: unknown, depth = 0): boolean {
  const parsed = thrown.safeParse(error);
  if (!parsed.success || depth > 6) return false;
  const { code = "", kind = "", syscall = "", message = "", cause, meta, driverAdapterError, errors } = parsed.data;
  if (
    SQL_STATE.test(code) ||
    PRISMA_CODE.test(code) ||
    CONNECTING.has(syscall) ||
    ADAPTER_KINDS.has(kind) ||
    MESSAGE.test(message)
  )
    return true;
  return [cause, meta, driverAdapterError, ...errors].some((part) => isDatabaseAway(part, depth + 1));
}

import type { Context } from "./context";

const KEY = Symbol.for("watchkeeper.context");
const holder: typeof globalThis & { [KEY]?: Context } = globalThis;

/** Sets the one context of this process. server.ts and Next's bundle hold two copies of this module: hence globalThis. */
export function setProcessContext(context: Context): void {
  holder[KEY] = context;
}

/** The context that this process was started with. Its actor is anonymous: `asActor` gives it one. */
export function processContext(): Context {
  const context = holder[KEY];
  if (!context) throw new Error("This process was not started by server.ts: it has no database connection.");
  return context;
}

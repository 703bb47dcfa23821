/** What answers now: everything that a page needs, the server without its database, or nothing. */
export type Reachability = "all" | "no-database" | "nothing";

/** Asks the server, which asks its database. Never throws. */
export async function askReachability(): Promise<Reachability> {
  try {
    const response = await fetch("/api/ready", { cache: "no-store" });
    return reachabilityOf(await response.json());
  } catch {
    return "nothing";
  }
}

/** Reads the answer of /api/ready; a silent worker is nothing that keeps a page from being made. Pure. */
export function reachabilityOf(answer: unknown): Reachability {
  if (typeof answer !== "object" || answer === null || !("database" in answer)) return "nothing";
  const { database } = answer;
  const isThere = typeof database === "object" && database !== null && "ok" in database && database.ok === true;
  return isThere ? "all" : "no-database";
}

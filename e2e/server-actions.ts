import { readFileSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { z } from "zod";

/** An exported server action, as anybody can call it. */
export interface ServerAction {
  id: string;
  /** `app/_actions/checks.ts createCheckAction` */
  name: string;
  /** The page that it is posted to, as a route: `/checks/[id]/edit`. */
  route: string;
}

const manifest = z.object({
  node: z.record(
    z.string(),
    z.object({ filename: z.string(), exportedName: z.string(), workers: z.record(z.string(), z.unknown()) }),
  ),
});

/** Every server action of the current build, by Next.js's own list of them. */
export function listServerActions(): ServerAction[] {
  const file = ".next/server/server-reference-manifest.json";
  const { node } = manifest.parse(JSON.parse(readFileSync(file, "utf8")));
  return Object.entries(node).map(([id, { filename, exportedName, workers }]) => {
    const routes = Object.keys(workers).map(routeOf);
    return {
      id,
      name: `${filename} ${exportedName}`,
      route: routes.find((route) => !route.includes("[")) ?? routes[0] ?? "/",
    };
  });
}

/** `app/(dashboard)/checks/new/page` → `/checks/new` */
function routeOf(worker: string): string {
  const parts = worker.split("/").slice(1, -1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
}

const answer = z.object({ status: z.string() });

/**
 * Posts a form to an action without its page, as React does: the earlier answer and the form as the action's two arguments.
 * @param id stands for `[id]` in the page's address
 * @returns the answer's status ("done", "forbidden", …), or "redirect"
 * @throws Error when the server refuses to call the action at all
 */
export async function callServerAction(
  request: APIRequestContext,
  { action, id, values, origin }: { action: ServerAction; id: string; values: Record<string, string>; origin: string },
): Promise<string> {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.append(`_1_${name}`, value);
  body.append("0", JSON.stringify([{ status: "idle", message: "", fieldErrors: {}, values: {}, attempt: 0 }, "$K1"]));
  const response = await request.post(action.route.replace("[id]", id), {
    headers: { "Next-Action": action.id, Accept: "text/x-component", Origin: origin },
    multipart: body,
    maxRedirects: 0,
  });
  if (response.headers()["x-action-redirect"]) return "redirect";
  const text = await response.text();
  // The answer is a row of its own, which row 0 points to.
  const row = /"a":"\$@(\w+)"/.exec(text)?.[1];
  const json = row && new RegExp(`^${row}:(\\{.*\\})$`, "m").exec(text)?.[1];
  if (!json) throw new Error(`${action.name} answered ${response.status()}: ${text.slice(0, 200)}`);
  return answer.parse(JSON.parse(json)).status;
}

import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import { TOKEN_FIELDS, type Token, knownScopes } from "./token";

export const listTokensInput = z.strictObject(page);
const keys = z.tuple([z.coerce.date(), z.uuid()]);

/** Tokens, revoked ones too, newest first. @throws Problem forbidden, invalid */
export async function listTokens(context: Context, input: z.input<typeof listTokensInput> = {}): Promise<Page<Token>> {
  authorize(context.actor, "admin");
  const { limit, cursor } = parseInput(listTokensInput, input, "The query");
  const [at, id] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const rows = await context.db.apiToken.findMany({
    where: at === undefined ? {} : { OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: TOKEN_FIELDS,
  });
  const tokens = rows.map((row) => ({ ...row, scopes: knownScopes(row.scopes) }));
  return toPage(tokens, limit, (row) => [row.createdAt.toISOString(), row.id]);
}

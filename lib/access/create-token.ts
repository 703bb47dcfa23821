import { z } from "zod";
import { SCOPES, authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { randomSecret, sha256 } from "@/lib/core/secrets";
import { writeAudit } from "./audit";
import { TOKEN_FIELDS, TOKEN_PREFIX, type Token, knownScopes } from "./token";
import { name } from "./user";

const PREFIX_SHOWN = TOKEN_PREFIX.length + 6;

export const createTokenInput = z.strictObject({
  name,
  scopes: z
    .array(z.enum(SCOPES, `must be one of ${SCOPES.join(", ")}`))
    .min(1, "must name at least one scope")
    .meta({ title: "Scopes", description: "What the token may do; admin stands for all" }),
  expiresInDays: z
    .int()
    .min(1)
    .max(3_650)
    .optional()
    .meta({ title: "Expires in days", description: "Never where left out" }),
});

/** `token` is answered this one time; only its hash is stored. @throws Problem forbidden, invalid */
export async function createToken(context: Context, input: unknown): Promise<Token & { token: string }> {
  authorize(context.actor, "admin");
  const wanted = parseInput(createTokenInput, input, "The token");
  const token = `${TOKEN_PREFIX}${randomSecret()}`;
  const now = context.now();
  const created = await context.db.$transaction(async (tx) => {
    const row = await tx.apiToken.create({
      data: {
        name: wanted.name,
        tokenHash: sha256(token),
        prefix: token.slice(0, PREFIX_SHOWN),
        scopes: [...new Set(wanted.scopes)],
        createdBy: context.actor.kind === "user" ? context.actor.id : null,
        createdAt: now,
        expiresAt:
          wanted.expiresInDays === undefined ? null : new Date(now.getTime() + wanted.expiresInDays * 86_400_000),
      },
      select: TOKEN_FIELDS,
    });
    await writeAudit(tx, context, { action: "token.create", subjectType: "token", subjectId: row.id, after: row });
    return row;
  });
  return { ...created, scopes: knownScopes(created.scopes), token };
}

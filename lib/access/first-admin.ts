import { type Context, asActor } from "@/lib/core/context";
import { SYSTEM } from "@/lib/core/actor";
import { createUser } from "./create-user";

const DEFAULT_EMAIL = "admin@example.com";

/**
 * Makes the first admin where there is no user yet, as the product itself (the launcher calls this after the migrations).
 * @returns the address, and the password only when it was generated; null where there are users
 * @throws Problem invalid when the address or password is not good enough
 */
export async function createFirstAdmin(
  context: Context,
  input: { email?: string; password?: string } = {},
): Promise<{ email: string; password?: string } | null> {
  if ((await context.db.user.count()) > 0) return null;
  const wanted = { email: input.email ?? DEFAULT_EMAIL, role: "admin", password: input.password };
  const { email, password } = await createUser(asActor(context, SYSTEM), wanted);
  return password === undefined ? { email } : { email, password };
}

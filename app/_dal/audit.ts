import "server-only";
import { listAudit } from "@/lib/access/list-audit";
import { isProblem } from "@/lib/core/errors";
import { pageContext } from "./session";

const PAGE = 50;

/** A page of the audit trail. For admins; others get a Problem, which their page never asks for. */
export async function readAudit(query: string, cursor: string | undefined) {
  const context = await pageContext();
  const asked = query === "" ? {} : { query: query.slice(0, 200) };
  return listAudit(context, { ...asked, cursor, limit: PAGE }).catch((error: unknown) => {
    // A cursor that was cut off: the list starts at its beginning.
    if (cursor !== undefined && isProblem(error) && error.kind === "invalid")
      return listAudit(context, { ...asked, limit: PAGE });
    throw error;
  });
}

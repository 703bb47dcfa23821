import { z } from "zod";
import { CHECK_STATUSES } from "@/lib/checks/define-check";
import { listCheckResults, resultFilter } from "@/lib/checks/list-check-results";
import { result } from "../check-answer";
import { defineEndpoint } from "../define-endpoint";
import { list } from "../schemas";

export const checkResults = defineEndpoint({
  method: "GET",
  path: "/api/v1/checks/{id}/results",
  scope: "read",
  tag: "Checks",
  summary: "List a check's results, newest first",
  description: "`id` is the check's id or its key.",
  query: resultFilter.omit({ checkId: true }).strict(),
  response: list(
    result.extend({ state: z.enum(CHECK_STATUSES).meta({ description: "The check's state after this result" }) }),
  ),
  handle: (context, { params, query }) => listCheckResults(context, { ...query, checkId: params.id }),
});

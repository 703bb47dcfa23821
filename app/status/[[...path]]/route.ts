import { connection } from "next/server";
import { processContext } from "@/lib/core/process-context";
import { answerStatus } from "@/lib/status-page/answer-status";
import { statusKeeperOf } from "@/lib/status-page/status-keeper";

/** The public page under plain Next.js; with `npm start` server.ts answers it before Next sees the request. */
async function answer(request: Request): Promise<Response> {
  // Asked anew each time: the build must not make an answer of it.
  await connection();
  return answerStatus(statusKeeperOf(processContext()), request);
}

export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};

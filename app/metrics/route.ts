import { connection } from "next/server";
import { answerApi } from "../api/answer";

/** Where scrapers look for it. Asked anew each time: the build must not make an answer of it. */
async function answer(request: Request): Promise<Response> {
  await connection();
  return answerApi(request);
}

export { answer as GET, answer as HEAD };

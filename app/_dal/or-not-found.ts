import "server-only";
import { notFound } from "next/navigation";
import { isProblem } from "@/lib/core/errors";

/** Turns "there is no such thing" into the not-found page; hands everything else on. */
export function orNotFound(error: unknown): never {
  if (isProblem(error) && error.kind === "not-found") notFound();
  throw error;
}

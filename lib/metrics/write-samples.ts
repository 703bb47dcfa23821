import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Sample } from "./sample";
import type { WriteOutcome } from "./writer/rows";
import { writerOf } from "./writer/writer";

/**
 * Stores samples: the one way in, for recordMetric, the sampler and every receiver. Concurrent calls share a transaction;
 * what is answered is committed. The same series and time again changes nothing. What is wrong with one sample (no finite
 * number, a time that is not kept, another kind than the series has, one series too many) is told by its index; the rest
 * is stored.
 * @throws Problem forbidden; overloaded when more waits than can be stored soon, before anything of this is taken
 */
export async function writeSamples(context: Context, samples: readonly Sample[]): Promise<WriteOutcome> {
  authorize(context.actor, "metrics:write");
  return writerOf(context).write(context, samples);
}

/**
 * Asked by a receiver before it reads a body that would be refused anyway.
 * @throws Problem overloaded
 */
export function assertRoomForSamples(context: Context): void {
  writerOf(context).assertRoom();
}

import type { Context } from "@/lib/core/context";
import { createSlices } from "@/lib/core/slices";
import { overloaded } from "@/lib/metrics/writer/group-commit";
import { errorWriterOf } from "../store/error-writer";

/** Short beside what a page takes: while events are read, pages are made and what is too much is refused. */
const SLICE_MS = 8;
const reading = createSlices({ sliceMs: SLICE_MS });

/** Has this process as many events in hand as it can store soon? Bodies that wait to be read count as one event each. */
export const isFullOfErrors = (context: Pick<Context, "sql" | "now">): boolean =>
  errorWriterOf(context).isFull(reading.waiting());

/**
 * Waits until a body may be unpacked and read.
 * @throws Problem overloaded at once when too much is in hand: to refuse it costs little, to read it first costs as much as to store it
 */
export async function turnToRead(context: Pick<Context, "sql" | "now">): Promise<void> {
  if (isFullOfErrors(context)) throw overloaded("errors");
  await reading.turn();
}

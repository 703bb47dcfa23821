import type { Figure } from "../report";
import { watchMemory } from "./flood";
import type { ErrorStage } from "./stage";

const MIB = 1024 * 1024;

/** 100 events of 2 MiB at once, and 100 that are just small enough to be stored: each is answered, and the memory is bounded. */
export async function largeEvents(stage: ErrorStage): Promise<Figure[]> {
  await stage.empty();
  const memory = watchMemory(stage.webPid);
  const plan = { connections: 100, seconds: 0, burst: 100 };
  const tooLarge = await stage.send({ ...plan, bytes: 2 * MIB });
  const fitting = await stage.send({ ...plan, bytes: MIB - 10_000 });
  const count = ({ answers }: { answers: Record<number, number> }, ...statuses: number[]) =>
    statuses.reduce((sum, status) => sum + (answers[status] ?? 0), 0);
  return [
    { what: "of 2 MiB: answered by 413", value: count(tooLarge, 413), unit: "" },
    {
      what: "of 2 MiB: answered by 413 or 429",
      value: count(tooLarge, 413, 429),
      unit: "",
      bound: { at: "least", value: 100 },
    },
    { what: "of 1 MiB: stored", value: count(fitting, 200), unit: "", bound: { at: "least", value: 1 } },
    {
      what: "of 1 MiB: answered by 200 or 429",
      value: count(fitting, 200, 429),
      unit: "",
      bound: { at: "least", value: 100 },
    },
    { what: "web process memory (RSS) at its most", value: memory(), unit: "MB", bound: { at: "most", value: 400 } },
  ];
}

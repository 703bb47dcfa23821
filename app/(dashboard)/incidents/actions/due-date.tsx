import { TriangleAlert } from "lucide-react";
import type { ActionItem } from "@/lib/incidents/actions/action-item";

const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "due 20 Nov 2026", and whether that day is over. */
export function DueDate({ item: { dueOn, isOverdue } }: { item: Pick<ActionItem, "dueOn" | "isOverdue"> }) {
  if (dueOn === null) return null;
  const words = `due ${format.format(new Date(dueOn))}`;
  return isOverdue ? (
    <span className="flex items-center gap-1 font-medium text-caution">
      <TriangleAlert aria-hidden size={12} />
      {words}, overdue
    </span>
  ) : (
    <span>{words}</span>
  );
}

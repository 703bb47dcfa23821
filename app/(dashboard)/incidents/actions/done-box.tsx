"use client";

import { Square, SquareCheck } from "lucide-react";
import { useActionState, useLayoutEffect, useState } from "react";
import { markActionItemAction } from "@/app/_actions/action-items";
import { IDLE } from "@/app/_actions/form-state";

/** Says that an action item is done, or that it is not: one box, which sends itself. */
export function DoneBox({ id, title, isDone }: { id: string; title: string; isDone: boolean }) {
  const [answer, mark, pending] = useActionState(markActionItemAction, IDLE);
  const [left, setLeft] = useState(0);
  // Next.js keeps a page that was left; what was said there is over.
  useLayoutEffect(() => () => setLeft(answer.attempt), [answer.attempt]);
  const shown = answer.attempt === left ? IDLE : answer;
  const failed = shown.status !== "idle" && shown.status !== "done";
  const Icon = isDone ? SquareCheck : Square;
  // A function of the browser, as in app/_forms/action-form.tsx.
  const send = (values: FormData) => mark(values);
  return (
    <form action={send} className="grid gap-1">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="isDone" value={isDone ? "no" : "yes"} />
      <button
        type="submit"
        role="checkbox"
        aria-checked={isDone}
        aria-label={`Done: ${title}`}
        aria-disabled={pending || undefined}
        className="-m-2 cursor-pointer rounded-md p-2 text-muted hover:text-ink aria-checked:text-positive aria-disabled:opacity-60"
      >
        <Icon aria-hidden size={20} strokeWidth={1.75} />
      </button>
      <span aria-live="polite" className={failed ? "text-xs text-negative" : "sr-only"}>
        {shown.message}
      </span>
    </form>
  );
}

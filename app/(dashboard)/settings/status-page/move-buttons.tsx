"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useActionState } from "react";
import { type FormAction, IDLE } from "@/app/_actions/form-state";
import { Button } from "@/app/_components/button";

interface MoveButtonsProps {
  action: FormAction;
  id: string;
  label: string;
  isFirst: boolean;
  isLast: boolean;
}

/** Moves one thing of a list by one place. The focus stays on the button, which goes with its row; what came of it is read out. */
export function MoveButtons({ action, id, label, isFirst, isLast }: MoveButtonsProps) {
  const [state, move, pending] = useActionState(action, IDLE);
  const failed = state.status !== "idle" && state.status !== "done";
  const button = (direction: "up" | "down", isEnd: boolean, icon: React.ReactNode) => (
    <Button
      type="submit"
      name="direction"
      value={direction}
      small
      look="ghost"
      aria-label={`Move ${label} ${direction}`}
      aria-disabled={pending || isEnd || undefined}
      onClick={(event) => {
        if (pending || isEnd) event.preventDefault();
      }}
    >
      {icon}
    </Button>
  );
  return (
    <form action={move} aria-label={`Order of ${label}`} className="flex items-center gap-1">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="label" value={label} />
      {button("up", isFirst, <ArrowUp aria-hidden size={16} />)}
      {button("down", isLast, <ArrowDown aria-hidden size={16} />)}
      <span key={state.attempt} role="status" className={failed ? "text-xs text-negative" : "sr-only"}>
        {state.message}
      </span>
    </form>
  );
}

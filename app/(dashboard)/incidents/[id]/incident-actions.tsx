"use client";

import { CircleCheck, RotateCcw, UserCheck } from "lucide-react";
import { useActionState, useLayoutEffect, useState, type ReactNode } from "react";
import { type FormState, IDLE } from "@/app/_actions/form-state";
import { acknowledgeIncidentAction, reopenIncidentAction, resolveIncidentAction } from "@/app/_actions/incidents";
import { Button } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";

interface IncidentActionsProps {
  id: string;
  version: number;
  isOpen: boolean;
  /** Somebody has taken it on, and leads it. */
  isTaken: boolean;
  children: ReactNode;
}

/** What an editor does with an incident by one button; what came of it is said below and read out. */
export function IncidentActions({ id, version, isOpen, isTaken, children }: IncidentActionsProps) {
  const [took, take, taking] = useActionState(acknowledgeIncidentAction, IDLE);
  const [turned, turn, turning] = useActionState(isOpen ? resolveIncidentAction : reopenIncidentAction, IDLE);
  const [shown, setShown] = useState<"none" | "take" | "turn">("none");
  // Next.js keeps a page that was left; what was said there is over.
  useLayoutEffect(() => () => setShown("none"), []);
  const answer = shown === "take" && !taking ? took : shown === "turn" && !turning ? turned : IDLE;
  const failed = answer.status !== "idle" && answer.status !== "done";
  // Functions of the browser, as in app/_forms/action-form.tsx.
  const takeForm = (values: FormData) => {
    setShown("take");
    take(values);
  };
  const turnForm = (values: FormData) => {
    setShown("turn");
    turn(values);
  };
  return (
    <div className="grid gap-1.5 sm:justify-items-end">
      <div className="flex flex-wrap gap-2">
        {isOpen && !isTaken ? (
          <form action={takeForm}>
            <input type="hidden" name="id" value={id} />
            <Button type="submit" look="primary" aria-disabled={taking || undefined}>
              <UserCheck aria-hidden size={16} />
              {taking ? "Taking it on…" : "Take it on"}
            </Button>
          </form>
        ) : null}
        <form action={turnForm}>
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="version" value={newest(version, turned)} />
          <Button type="submit" aria-disabled={turning || undefined}>
            {isOpen ? <CircleCheck aria-hidden size={16} /> : <RotateCcw aria-hidden size={16} />}
            {turning ? "One moment…" : isOpen ? "Resolve" : "Reopen"}
          </Button>
        </form>
        {children}
      </div>
      <p
        aria-live="polite"
        className={classNames("max-w-prose text-xs break-words", failed ? "text-negative" : "text-muted")}
      >
        {answer.message}
      </p>
    </div>
  );
}

/** After a conflict the next try overwrites knowingly. */
const newest = (version: number, { values }: FormState): number => Math.max(version, Number(values["version"] ?? 0));

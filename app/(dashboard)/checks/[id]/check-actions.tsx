"use client";

import { Pause, Pencil, Play, RotateCw, Siren, Trash2 } from "lucide-react";
import { useActionState, useLayoutEffect, useState } from "react";
import { pauseCheckAction, resumeCheckAction, runCheckAction } from "@/app/_actions/checks";
import { IDLE } from "@/app/_actions/form-state";
import { Button, ButtonLink } from "@/app/_components/button";
import { classNames } from "@/app/_components/class-names";

interface CheckActionsProps {
  id: string;
  paused: boolean;
  /** A check of monitoring.config.ts is changed there. */
  editable: boolean;
}

/** What an editor does with a check; what came of it is said below and read out. */
export function CheckActions({ id, paused, editable }: CheckActionsProps) {
  const [ran, run, running] = useActionState(runCheckAction, IDLE);
  const [turned, turn, turning] = useActionState(paused ? resumeCheckAction : pauseCheckAction, IDLE);
  const [shown, setShown] = useState<"none" | "run" | "turn">("none");
  // Next.js keeps a page that was left; what was said there is over.
  useLayoutEffect(() => () => setShown("none"), []);
  const answer = shown === "run" && !running ? ran : shown === "turn" && !turning ? turned : IDLE;
  // Functions of the browser, as in app/_forms/action-form.tsx; of a form that was sent early these alone are called.
  const runForm = (values: FormData) => {
    setShown("run");
    run(values);
  };
  const turnForm = (values: FormData) => {
    setShown("turn");
    turn(values);
  };
  const failed = answer.status !== "idle" && answer.status !== "done";
  return (
    <div className="grid gap-1.5 sm:justify-items-end">
      <div className="flex flex-wrap gap-2">
        <form action={runForm} onSubmit={() => setShown("run")}>
          <input type="hidden" name="id" value={id} />
          <Button type="submit" aria-disabled={running || undefined}>
            <RotateCw aria-hidden size={16} className={running ? "motion-safe:animate-spin" : undefined} />
            {running ? "Running…" : "Run now"}
          </Button>
        </form>
        <form action={turnForm} onSubmit={() => setShown("turn")}>
          <input type="hidden" name="id" value={id} />
          <Button type="submit" aria-disabled={turning || undefined}>
            {paused ? <Play aria-hidden size={16} /> : <Pause aria-hidden size={16} />}
            {paused ? "Resume" : "Pause"}
          </Button>
        </form>
        <ButtonLink href={`/incidents/new?check=${id}`} prefetch={false}>
          <Siren aria-hidden size={16} />
          Declare incident
        </ButtonLink>
        {editable ? (
          <>
            <ButtonLink href={`/checks/${id}/edit`}>
              <Pencil aria-hidden size={16} />
              Edit
            </ButtonLink>
            <ButtonLink href={`/checks/${id}/edit#delete`} look="ghost">
              <Trash2 aria-hidden size={16} />
              Delete
            </ButtonLink>
          </>
        ) : null}
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

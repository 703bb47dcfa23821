"use client";

import { History } from "lucide-react";
import { startTransition, useActionState, type MouseEvent } from "react";
import { type PreviewState, previewRuleAction } from "@/app/_actions/alert-rules";
import { IDLE } from "@/app/_actions/form-state";
import { Button } from "@/app/_components/button";
import { ClockTime } from "@/app/_components/relative-time";
import type { Preview } from "@/lib/alerting/rules/preview-rule";
import { formatDuration } from "@/lib/core/format";

const LISTED = 10;
const NOTHING: PreviewState = IDLE;

/** What the rule in the form would have done over the last 7 days. @param titles of the form's fields, by their names */
export function RulePreview({ titles }: { titles: Readonly<Record<string, string>> }) {
  const [state, look, pending] = useActionState(previewRuleAction, NOTHING);
  const ask = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    if (form && !pending) startTransition(() => look(new FormData(form)));
  };
  const errors = Object.entries(state.fieldErrors);
  return (
    <section aria-label="Preview" className="grid gap-3 rounded-lg border border-line bg-sunken p-4">
      <div>
        <Button onClick={ask} aria-disabled={pending || undefined}>
          <History aria-hidden size={16} />
          {pending ? "Looking…" : "What would it have done?"}
        </Button>
      </div>
      <div aria-live="polite" className="grid gap-3 text-sm text-ink empty:hidden">
        {state.preview ? <Found preview={state.preview} /> : null}
        {state.status !== "idle" && !state.preview ? (
          <div className="text-negative">
            <p>{state.message}</p>
            {errors.map(([name, message]) => (
              <p key={name}>
                {titles[name] ?? name}: {message}
              </p>
            ))}
          </div>
        ) : null}
      </div>
    </section>
  );
}

function Found({ preview: { from, to, firings, total, subjects, unavailable } }: { preview: Preview }) {
  if (unavailable) return <p>{unavailable}</p>;
  const span = to.getTime() - from.getTime();
  const place = (at: Date) => ((at.getTime() - from.getTime()) / span) * 1000;
  const times = total === 1 ? "once" : `${total.toLocaleString("en")} times`;
  return (
    <>
      <p>
        <strong className="font-semibold">
          {total === 0
            ? "It would not have fired in the last 7 days."
            : `It would have fired ${times} in the last 7 days.`}
        </strong>{" "}
        <span className="text-muted">
          {subjects === 0
            ? "Nothing that fits was stored."
            : `It looked at ${subjects} ${subjects === 1 ? "thing" : "things"}.`}
        </span>
      </p>
      {total > 0 ? (
        <div>
          <svg
            aria-hidden
            viewBox="0 0 1000 20"
            preserveAspectRatio="none"
            className="block h-5 w-full rounded-sm bg-line"
          >
            {firings.map((firing) => (
              <rect
                key={`${firing.subject} ${firing.from.getTime()}`}
                x={place(firing.from)}
                width={Math.max(4, place(firing.to ?? to) - place(firing.from))}
                height={20}
                className="fill-negative-mark"
              />
            ))}
          </svg>
          <p aria-hidden className="mt-1 flex justify-between text-xs text-muted">
            <span>7 days ago</span>
            <span>now</span>
          </p>
        </div>
      ) : null}
      <ul className="grid gap-1 text-xs">
        {firings.slice(0, LISTED).map(({ subject, from: start, to: end, summary }) => (
          <li key={`${subject} ${start.getTime()}`} className="min-w-0 break-words">
            <ClockTime at={start} />,{" "}
            {end ? `for ${formatDuration(Math.round((end.getTime() - start.getTime()) / 1000))}` : "still"}:{" "}
            {summary.startsWith(subject) ? null : <span className="font-medium">{subject} </span>}
            <span className="text-muted">{summary}</span>
          </li>
        ))}
      </ul>
      {total > LISTED ? <p className="text-xs text-muted">The latest {LISTED} are listed.</p> : null}
    </>
  );
}

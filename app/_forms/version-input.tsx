"use client";

import { use, useEffect, useRef, useState } from "react";
import { FormContext } from "./form-context";

/**
 * The version that a form's change is made on: the newest one until somebody begins to type, then the one that they saw,
 * however often the page is refreshed under them. After a conflict, of which they were told, it is the one of the conflict.
 */
export function VersionInput({ version }: { version: number }) {
  const { state } = use(FormContext);
  const input = useRef<HTMLInputElement>(null);
  const [held, setHeld] = useState<{ attempt: number; version: number } | null>(null);
  const answered = Number(state.values["version"] ?? 0);
  const failed = state.status !== "idle" && state.status !== "done";
  const newest = Math.max(version, answered);
  const { attempt } = state;
  useEffect(() => {
    const form = input.current?.form;
    const hold = () => setHeld((before) => (before?.attempt === attempt ? before : { attempt, version: newest }));
    form?.addEventListener("input", hold);
    return () => form?.removeEventListener("input", hold);
  }, [attempt, newest]);
  const shown = failed && answered > 0 ? answered : held?.attempt === attempt ? held.version : newest;
  return <input ref={input} type="hidden" name="version" value={shown} />;
}

/** What a form's fields held when it was opened: what nobody touched is told from what was changed, however the page is refreshed. */
export function WasInputs({ values }: { values: Readonly<Record<string, string>> }) {
  const [opened] = useState(values);
  return Object.entries(opened).map(([name, value]) => (
    <input key={name} type="hidden" name={`was.${name}`} value={value} />
  ));
}

"use client";

import {
  useActionState,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type FormEvent,
  type ReactNode,
} from "react";
import { type FormAction, IDLE } from "@/app/_actions/form-state";
import { classNames } from "@/app/_components/class-names";
import { FormContext } from "./form-context";
import { FormMessage } from "./form-message";

interface ActionFormProps {
  action: FormAction;
  /** Names the form for screen readers. */
  label: string;
  className?: string;
  /** Shown in place of the fields once it is done, e.g. a secret that is shown this once. */
  done?: (secret: string | undefined) => ReactNode;
  children: ReactNode;
}

/**
 * A form of a server action. What is sent before the page's script has come is sent when it comes. Errors come back to their
 * fields with what was typed, are read out, and the first one gets the focus.
 */
export function ActionForm({ action, label, className, done, children }: ActionFormProps) {
  const [answer, submit, pending] = useActionState(action, IDLE);
  const [left, setLeft] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const focused = useRef(0);
  const sent = useRef(false);
  const sentFor = useRef(-1);
  const state = answer.attempt === left ? IDLE : answer;
  const context = useMemo(() => ({ state, pending }), [state, pending]);

  useEffect(() => {
    if (answer.attempt === focused.current) return;
    focused.current = answer.attempt;
    sent.current = answer.status === "done";
    if (answer.status === "done") return;
    const first =
      form.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-invalid] input") ??
      form.current?.querySelector<HTMLElement>("[data-form-message]");
    // What is folded away can't have the focus.
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  }, [answer]);

  // Next.js keeps a page that was left: a draft may wait there, but not what was sent, nor "Saved", nor a secret.
  useLayoutEffect(() => {
    const element = form.current;
    return () => {
      sentFor.current = -1;
      if (!sent.current) return;
      sent.current = false;
      element?.reset();
      setLeft(focused.current);
    };
  }, []);

  // A function of the browser, for which React keeps a form that was sent early. The browser itself must not post to the
  // server action: of a page with a static shell Next.js 16 answers the rest alone, an empty page (vercel/next.js#92992).
  const send = (values: FormData) => {
    if (sentFor.current === answer.attempt) return;
    sentFor.current = answer.attempt;
    submit(values);
  };
  const once = (event: FormEvent) => {
    if (pending) event.preventDefault();
    else sent.current = true;
  };
  if (state.status === "done" && done) return <div className="appear">{done(state.secret)}</div>;
  return (
    <form
      ref={form}
      action={send}
      onSubmit={once}
      aria-label={label}
      aria-busy={pending}
      noValidate
      className={classNames("grid gap-5", className)}
    >
      <FormContext value={context}>
        <FormMessage state={state} />
        {children}
      </FormContext>
    </form>
  );
}

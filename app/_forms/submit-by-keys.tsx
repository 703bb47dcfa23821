"use client";

import { useEffect, useRef } from "react";

/** Ctrl/⌘ Enter in any field of the form sends it, where Enter begins a new line. */
export function SubmitByKeys() {
  const place = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = place.current?.form;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form?.requestSubmit();
    };
    form?.addEventListener("keydown", press);
    return () => form?.removeEventListener("keydown", press);
  }, []);
  return <input ref={place} type="hidden" />;
}

"use client";

import { use, useEffect, useRef, useState } from "react";
import { FormContext } from "./form-context";

/**
 * The version that somebody began to write on, as `base`: the newest one until they type, however often the page is refreshed
 * under them. And as `version` the one that a conflict told them of: what others changed up to it is overwritten knowingly.
 */
export function BaseVersionInput({ version }: { version: number }) {
  const { state } = use(FormContext);
  const input = useRef<HTMLInputElement>(null);
  const [begun, setBegun] = useState<number | null>(null);
  useEffect(() => {
    const form = input.current?.form;
    const begin = () => setBegun((before) => before ?? version);
    const reset = () => setBegun(null);
    form?.addEventListener("input", begin);
    form?.addEventListener("reset", reset);
    return () => {
      form?.removeEventListener("input", begin);
      form?.removeEventListener("reset", reset);
    };
  }, [version]);
  return (
    <>
      <input ref={input} type="hidden" name="base" value={begun ?? version} />
      <input type="hidden" name="version" value={state.values["version"] ?? ""} />
    </>
  );
}

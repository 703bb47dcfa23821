"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "./button";

interface CopyButtonProps {
  /** The id of the element whose text is copied: it stands on the page anyway, and need not come twice. */
  of: string;
  /** What that is, for screen readers. */
  label: string;
}

/** Copies a text of the page. Without https a browser has no clipboard for pages: then it says what to do instead. */
export function CopyButton({ of, label }: CopyButtonProps) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = async () => {
    const text = document.getElementById(of)?.textContent ?? "";
    // Only where pages have one.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    const done = await clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setCopied(done ? "yes" : "refused");
  };
  return (
    <span className="flex flex-wrap items-center justify-end gap-2">
      <span aria-live="polite" className="text-xs text-muted empty:hidden">
        {copied === "refused" ? "Not allowed here: select it and copy by hand." : ""}
      </span>
      <Button small onClick={() => void copy()} aria-label={copied === "yes" ? `Copied ${label}` : `Copy ${label}`}>
        {copied === "yes" ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />}
        {copied === "yes" ? "Copied" : "Copy"}
      </Button>
    </span>
  );
}

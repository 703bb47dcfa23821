"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Banner } from "@/app/_components/banner";
import { Button } from "@/app/_components/button";

/** A secret that is shown this once, with a button that copies it. */
export function Secret({ value, label, message }: { value: string; label: string; message: string }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied("yes"),
      () => setCopied("refused"),
    );
  return (
    <div className="grid gap-3">
      <Banner tone="positive">{message}</Banner>
      <div className="flex items-center gap-2">
        <code
          aria-label={label}
          className="min-w-0 flex-1 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs break-all text-ink select-all"
        >
          {value}
        </code>
        {/* Without https a browser has no clipboard for pages: the text is selected by one click instead. */}
        <Button onClick={copy}>
          {copied === "yes" ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
          {copied === "yes" ? "Copied" : "Copy"}
        </Button>
      </div>
      <p aria-live="polite" className="text-xs text-muted">
        {copied === "refused" ? "The browser did not allow copying: select the text and copy it by hand." : null}
      </p>
    </div>
  );
}

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const CONTROL =
  "w-full rounded-md border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-muted aria-invalid:border-negative disabled:bg-sunken disabled:text-muted";

/** A one-line input of any text-like type. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(CONTROL, "h-9", className)} {...rest} />;
}

export function Textarea({ className, rows = 4, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={classNames(CONTROL, "py-2", className)} {...rest} />;
}

/** The browser's own select: works with a keyboard, a screen reader and a phone as it is. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <span className={classNames("relative block", className)}>
      <select className={classNames(CONTROL, "h-9 appearance-none pr-9")} {...rest} />
      <ChevronDown aria-hidden size={16} className="pointer-events-none absolute top-2.5 right-3 text-muted" />
    </span>
  );
}

/** A checkbox with its label at its right. */
export function Checkbox({ label, help, ...rest }: ComponentProps<"input"> & { label: string; help?: string }) {
  return (
    <label className="flex items-start gap-2.5 text-sm text-ink">
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" {...rest} />
      <span>
        {label}
        {help ? <span className="block text-xs text-muted">{help}</span> : null}
      </span>
    </label>
  );
}

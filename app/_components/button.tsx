import Link from "next/link";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export type ButtonLook = "primary" | "secondary" | "ghost" | "danger";

const LOOKS: Record<ButtonLook, string> = {
  primary: "border-transparent bg-ink text-canvas hover:bg-ink-hover",
  secondary: "border-line-strong bg-surface text-ink hover:bg-sunken",
  ghost: "border-transparent bg-transparent text-muted hover:bg-sunken hover:text-ink",
  danger: "border-transparent bg-negative-solid text-white hover:bg-negative-solid-hover",
};

function buttonClass(look: ButtonLook, small: boolean, className?: string): string {
  const size = small ? "h-8 px-2.5 text-xs" : "h-9 px-3.5 text-sm";
  const base =
    "inline-flex shrink-0 cursor-pointer items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap transition-colors";
  return classNames(
    base,
    size,
    LOOKS[look],
    "disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60",
    className,
  );
}

interface Looks {
  look?: ButtonLook;
  small?: boolean;
}

/** A button; `type="button"` unless told otherwise, so that it never submits a form by accident. */
export function Button({
  look = "secondary",
  small = false,
  className,
  type = "button",
  ...rest
}: ComponentProps<"button"> & Looks) {
  return <button type={type} className={buttonClass(look, small, className)} {...rest} />;
}

/** A link that looks like a button. */
export function ButtonLink({
  look = "secondary",
  small = false,
  className,
  ...rest
}: ComponentProps<typeof Link> & Looks) {
  return <Link className={buttonClass(look, small, className)} {...rest} />;
}

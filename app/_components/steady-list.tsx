"use client";

import { useRef, useState, type ReactNode } from "react";

interface SteadyListProps {
  items: readonly { key: string; node: ReactNode }[];
  className?: string;
  label: string;
}

/** A list whose order follows the server's, except while the pointer or the focus is in it: nothing moves away from under them. */
export function SteadyList({ items, className, label }: SteadyListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const byKey = new Map(items.map((item) => [item.key, item]));
  const order = held
    ? [...held.filter((key) => byKey.has(key)), ...items.map(({ key }) => key).filter((key) => !held.includes(key))]
    : [...byKey.keys()];
  const hold = () => setHeld((before) => before ?? items.map(({ key }) => key));
  const release = () => {
    const stillIn = list.current?.matches(":hover") || list.current?.matches(":focus-within");
    if (!stillIn) setHeld(null);
  };
  return (
    <ul
      ref={list}
      aria-label={label}
      className={className}
      onPointerEnter={hold}
      onFocus={hold}
      onPointerLeave={() => setTimeout(release)}
      onBlur={() => setTimeout(release)}
    >
      {order.map((key) => (
        <li key={key} className="min-w-0">
          {byKey.get(key)?.node}
        </li>
      ))}
    </ul>
  );
}

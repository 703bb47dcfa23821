import Link from "next/link";

interface KindChoiceProps {
  path: string;
  parameter: string;
  kinds: ReadonlyMap<string, { label: string; description: string }>;
}

/** Which kind? The form follows from the answer. */
export function KindChoice({ path, parameter, kinds }: KindChoiceProps) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {[...kinds].map(([id, { label, description }]) => (
        <li
          key={id}
          className="relative rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong"
        >
          <h2 className="text-sm font-semibold">
            <Link
              href={`${path}?${parameter}=${id}`}
              className="after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent"
            >
              {label}
            </Link>
          </h2>
          <p className="mt-1 text-xs text-pretty text-muted">{description}</p>
        </li>
      ))}
    </ul>
  );
}

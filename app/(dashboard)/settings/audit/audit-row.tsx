import { classNames } from "@/app/_components/class-names";
import { RelativeTime } from "@/app/_components/relative-time";
import { WIDE } from "@/app/_lists/table";
import type { AuditEntry } from "@/lib/access/list-audit";
import { type ChangedField, changedFields } from "./changed-fields";

/** One entry: what changed is folded away, but for its names. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, actorKind, actorName, address, action, subjectType, subjectId, before, after } = entry;
  const fields = changedFields(before, after);
  const from = [actorKind === "user" ? "" : actorKind, address ?? ""].filter(Boolean).join(" ");
  return (
    <tr className="border-t border-line align-top">
      <td className={classNames(WIDE, "px-4 py-3 whitespace-nowrap text-muted")}>
        <RelativeTime at={at} />
      </td>
      <td className="px-4 py-3">
        <span className="block max-w-32 truncate font-medium text-ink sm:max-w-48" title={actorName}>
          {actorName}
        </span>
        <span className="block text-xs whitespace-nowrap text-muted">{from}</span>
        <span className="block text-xs whitespace-nowrap text-muted sm:hidden">
          <RelativeTime at={at} focusable={false} />
        </span>
      </td>
      <td className="w-full max-w-0 px-4 py-3 text-xs text-muted">
        <code className="font-mono break-words text-ink">{action}</code>
        {subjectId ? (
          <span className="block truncate" title={subjectId}>
            {subjectType} {subjectId}
          </span>
        ) : null}
        {fields.length > 0 ? <Changes fields={fields} /> : null}
      </td>
    </tr>
  );
}

function Changes({ fields }: { fields: readonly ChangedField[] }) {
  return (
    <details className="mt-1">
      <summary className="cursor-pointer break-words">{fields.map(({ name }) => name).join(", ")}</summary>
      <dl className="mt-2 grid gap-2">
        {fields.map(({ name, before, after }) => (
          <div key={name} className="break-words">
            <dt className="font-medium text-ink">{name}</dt>
            {before === undefined ? null : (
              <dd>
                <span className="sr-only">before: </span>
                <del>{before || "(empty)"}</del>
              </dd>
            )}
            {after === undefined ? null : (
              <dd className="text-ink">
                <span className="sr-only">after: </span>
                <ins className="no-underline">{after || "(empty)"}</ins>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </details>
  );
}

import { RelativeTime } from "@/app/_components/relative-time";
import type { AuditEntry } from "@/lib/access/list-audit";
import { changedFields } from "./changed-fields";

/** One entry: what changed is folded away, but for its names. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, actorKind, actorName, address, action, subjectType, subjectId, before, after } = entry;
  const fields = changedFields(before, after);
  return (
    <tr className="border-t border-line align-top">
      <td className="px-4 py-3 whitespace-nowrap text-muted">
        <RelativeTime at={at} />
      </td>
      <td className="px-4 py-3">
        <span className="block max-w-48 truncate font-medium text-ink" title={actorName}>
          {actorName}
        </span>
        <span className="block text-xs whitespace-nowrap text-muted">
          {actorKind === "user" ? "" : `${actorKind} `}
          {address ?? ""}
        </span>
      </td>
      <td className="px-4 py-3">
        <code className="font-mono text-xs text-ink">{action}</code>
        {subjectId ? (
          <span className="block max-w-48 truncate text-xs text-muted" title={subjectId}>
            {subjectType} {subjectId}
          </span>
        ) : null}
      </td>
      <td className="w-full min-w-56 px-4 py-3 text-muted">
        {fields.length === 0 ? (
          "–"
        ) : (
          <details>
            <summary className="cursor-pointer text-xs">{fields.map(({ name }) => name).join(", ")}</summary>
            <dl className="mt-2 grid gap-2 text-xs">
              {fields.map((field) => (
                <div key={field.name}>
                  <dt className="font-medium text-ink">{field.name}</dt>
                  {field.before === undefined ? null : (
                    <dd className="break-words">
                      <span className="sr-only">before: </span>
                      <del>{field.before || "(empty)"}</del>
                    </dd>
                  )}
                  {field.after === undefined ? null : (
                    <dd className="break-words text-ink">
                      <span className="sr-only">after: </span>
                      <ins className="no-underline">{field.after || "(empty)"}</ins>
                    </dd>
                  )}
                </div>
              ))}
            </dl>
          </details>
        )}
      </td>
    </tr>
  );
}

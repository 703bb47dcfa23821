import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "@/app/_components/button";
import { RelativeTime } from "@/app/_components/relative-time";
import { readUsers } from "@/app/_dal/users";
import { AdminOnly } from "../admin-only";
import { PageLinks } from "@/app/_lists/page-links";
import { RowLink, Table } from "@/app/_lists/table";

export const metadata: Metadata = { title: "Users" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsersPage({ searchParams }: PageProps) {
  const { cursor } = await searchParams;
  return (
    <AdminOnly>
      <UserList cursor={typeof cursor === "string" ? cursor : undefined} />
    </AdminOnly>
  );
}

async function UserList({ cursor }: { cursor: string | undefined }) {
  const { items, next } = await readUsers(cursor);
  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-sm text-muted">Who may sign in, and what they may do.</p>
        <ButtonLink href="/settings/users/new" look="primary">
          <Plus aria-hidden size={16} />
          New user
        </ButtonLink>
      </div>
      <Table label="Users" columns={["User", "Role", "Added"]}>
        {items.map((user) => (
          <tr key={user.id} className="relative border-t border-line hover:bg-sunken">
            <td className="min-w-0 px-4 py-3">
              <RowLink href={`/settings/users/${user.id}`}>{user.name}</RowLink>
              <span className="block text-xs break-all text-muted">{user.email}</span>
            </td>
            <td className="px-4 py-3 text-muted">
              {user.role}
              {user.disabledAt ? ", disabled" : ""}
            </td>
            <td className="px-4 py-3 whitespace-nowrap text-muted">
              <RelativeTime at={user.createdAt} focusable={false} />
            </td>
          </tr>
        ))}
      </Table>
      <PageLinks path="/settings/users" query={{}} cursor={cursor} next={next} />
    </div>
  );
}

import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { AdminOnly } from "../../admin-only";
import { ROLE_OPTIONS } from "../role-options";
import { NewUserForm } from "./new-user-form";

export const metadata: Metadata = { title: "New user" };

export default function NewUserPage() {
  return (
    <AdminOnly>
      <Card title="New user" className="max-w-2xl">
        <NewUserForm roles={ROLE_OPTIONS} />
      </Card>
    </AdminOnly>
  );
}

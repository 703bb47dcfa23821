import type { Metadata } from "next";
import { Card } from "@/app/_components/card";
import { AdminOnly } from "../../admin-only";
import { NewTokenForm } from "./new-token-form";

export const metadata: Metadata = { title: "New API token" };

export default function NewTokenPage() {
  return (
    <AdminOnly>
      <Card title="New API token" className="max-w-2xl">
        <NewTokenForm />
      </Card>
    </AdminOnly>
  );
}

import { Banner } from "@/app/_components/banner";

/** Why there is no form; refused beside the data too. */
export function Refused({ role }: { role: "editor" | "admin" }) {
  return <Banner tone="neutral">Changing this needs the role {role}. An admin can change yours.</Banner>;
}

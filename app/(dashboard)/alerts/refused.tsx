import { Banner } from "@/app/_components/banner";

/** Why there is no form; refused beside the data too. */
export function Refused({ needs }: { needs: "editor" | "admin" }) {
  return <Banner tone="neutral">Changing this needs the role {needs}. An admin can change yours.</Banner>;
}

import { Siren } from "lucide-react";
import { ButtonLink, type ButtonLook } from "@/app/_components/button";

interface DeclareButtonProps {
  /** What it is about, so that the form begins with what is known. */
  of?: { check: string } | { alert: string };
  look?: ButtonLook;
}

/** To the form that declares an incident; only for who may. */
export function DeclareButton({ of, look }: DeclareButtonProps) {
  const query = of ? `?${new URLSearchParams(of)}` : "";
  return (
    <ButtonLink href={`/incidents/new${query}`} prefetch={false} look={look}>
      <Siren aria-hidden size={16} />
      Declare incident
    </ButtonLink>
  );
}

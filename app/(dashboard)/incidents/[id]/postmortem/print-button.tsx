"use client";

import { Printer } from "lucide-react";
import { Button } from "@/app/_components/button";

/** Opens the browser's own print dialogue. */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden size={16} />
      Print
    </Button>
  );
}

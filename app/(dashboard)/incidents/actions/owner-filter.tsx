"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/app/_components/button";
import { Select } from "@/app/_components/inputs";

interface OwnerFilterProps {
  people: readonly { id: string; name: string }[];
  owner: string | undefined;
  /** Of the address, which stays; undefined: the usual. */
  show: string | undefined;
}

/** Whose action items: a plain form that writes the address, by itself where there is JavaScript. */
export function OwnerFilter({ people, owner = "", show }: OwnerFilterProps) {
  const router = useRouter();
  const choose = (chosen: string) => {
    const words = new URLSearchParams({ ...(show && { show }), ...(chosen && { owner: chosen }) }).toString();
    router.replace(words ? `/incidents/actions?${words}` : "/incidents/actions", { scroll: false });
  };
  return (
    <form action="/incidents/actions" role="search" aria-label="Owner" className="flex items-center gap-2">
      {show ? <input type="hidden" name="show" value={show} /> : null}
      <Select
        key={owner}
        name="owner"
        aria-label="Owner"
        defaultValue={owner}
        onChange={(event) => choose(event.target.value)}
        className="w-44"
      >
        <option value="">Everybody</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <noscript>
        <Button type="submit">Apply</Button>
      </noscript>
    </form>
  );
}

import { ButtonLink } from "@/app/_components/button";

interface PageLinksProps {
  path: string;
  /** The filters in the address, which stay. */
  query: Readonly<Record<string, string>>;
  /** The cursor of the page shown; undefined on the first one. */
  cursor: string | undefined;
  /** The cursor of the page after; null at the end. */
  next: string | null;
}

/** To the first and to the next page of a list; the way back is the browser's. Nothing where all is on one page. */
export function PageLinks({ path, query, cursor, next }: PageLinksProps) {
  if (cursor === undefined && next === null) return null;
  const addressOf = (extra: Record<string, string>) => {
    const words = new URLSearchParams({ ...query, ...extra }).toString();
    return words ? `${path}?${words}` : path;
  };
  return (
    <nav aria-label="Pages" className="flex items-center justify-end gap-2">
      {cursor === undefined ? null : (
        <ButtonLink href={addressOf({})} small prefetch={false}>
          First page
        </ButtonLink>
      )}
      {next === null ? null : (
        <ButtonLink href={addressOf({ cursor: next })} small prefetch={false}>
          Next page
        </ButtonLink>
      )}
    </nav>
  );
}

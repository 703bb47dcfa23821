import { Card } from "@/app/_components/card";
import { numbered } from "@/app/_components/numbered";
import { ValueText } from "./value-text";

export type Fact = readonly [name: string, value: unknown];

/** Names and values of an event; what has no value is left out, and so is the card without any. */
export function FactsCard({
  title,
  facts,
  children,
}: {
  title: string;
  facts: readonly Fact[];
  children?: React.ReactNode;
}) {
  const given = givenOf(facts);
  if (given.length === 0 && !children) return null;
  return (
    <Card title={title}>
      <FactRows facts={given} />
      {children}
    </Card>
  );
}

/** Such names and values without a card around them. */
export function FactRows({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[minmax(0,6rem)_minmax(0,1fr)] gap-x-4 sm:grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-y-1.5 text-xs">
      {numbered(givenOf(facts)).map(({ item: [name, value], key }) => (
        <div key={key} className="contents">
          <dt className="wrap-anywhere text-muted">{name}</dt>
          <dd className="text-ink">
            <ValueText value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

const givenOf = (facts: readonly Fact[]): Fact[] =>
  facts.filter(([, value]) => value !== undefined && value !== null && value !== "");

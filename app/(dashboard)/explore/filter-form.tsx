"use client";

import { useState } from "react";
import { Button } from "@/app/_components/button";
import { Combobox } from "@/app/_components/combobox";
import { Select } from "@/app/_components/inputs";
import { OPERATORS } from "@/lib/metrics/explorer/panel-query";
import type { Matcher } from "@/lib/metrics/query/matchers";
import { findLabels, findValues } from "./metric-facets";

interface FilterFormProps {
  name: string;
  /** The filter as it is; a new one where there is none. */
  filter: Matcher | undefined;
  /** What else narrows the metric's series. */
  others: readonly Matcher[];
  onDone: (filter: Matcher) => void;
}

const WORDS: Record<Matcher["op"], string> = {
  "=": "= is",
  "!=": "!= is not",
  "=~": "=~ fits the pattern",
  "!~": "!~ does not fit",
};

/** Label, operator, value: choosing the value is all that is needed in the end. */
export function FilterForm({ name, filter, others, onDone }: FilterFormProps) {
  const [label, setLabel] = useState(filter?.label ?? "");
  const [op, setOp] = useState<Matcher["op"]>(filter?.op ?? "=");
  const [value, setValue] = useState(filter?.value ?? "");
  const isPattern = op === "=~" || op === "!~";
  return (
    <div className="grid w-72 gap-2 p-3">
      <Combobox
        label="Label"
        placeholder="Label"
        value={label}
        load={(text) => findLabels(name, text)}
        onChoose={(chosen) => {
          setLabel(chosen);
          setValue("");
        }}
        free
        autoFocus={!filter}
      />
      <Select
        aria-label="Operator"
        value={op}
        onChange={(event) => setOp(OPERATORS.find((one) => one === event.target.value) ?? "=")}
      >
        {OPERATORS.map((one) => (
          <option key={one} value={one}>
            {WORDS[one]}
          </option>
        ))}
      </Select>
      {label ? (
        <Combobox
          key={label}
          label="Value"
          placeholder={isPattern ? "Pattern, like web-.*" : "Value"}
          value={value}
          load={(text) => findValues(name, label, isPattern ? "" : text, others)}
          onChoose={(chosen) => {
            setValue(chosen);
            onDone({ label, op, value: chosen });
          }}
          free
          autoFocus
        />
      ) : null}
      <div className="flex justify-end">
        <Button small look="primary" disabled={!label} onClick={() => onDone({ label, op, value })}>
          {filter ? "Change filter" : "Add filter"}
        </Button>
      </div>
    </div>
  );
}

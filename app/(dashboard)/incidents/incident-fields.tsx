import { INCIDENT_SEVERITY_LOOKS } from "@/app/_components/incident-looks";
import { SelectField, TextField } from "@/app/_forms/fields";
import { MarkdownField } from "@/app/_forms/markdown-field";
import { RadioGroup } from "@/app/_forms/radio-group";

const SEVERITIES = Object.entries(INCIDENT_SEVERITY_LOOKS).map(([value, { word, meaning }]) => ({
  value,
  label: word,
  help: meaning,
}));

const VISIBILITIES = [
  { value: "internal", label: "Internal", help: "Only people who sign in here see it." },
  {
    value: "public",
    label: "Public",
    help: "The status page shows its title, its state, and the updates that are marked as public.",
  },
];

export function TitleField({ value }: { value: string }) {
  return (
    <TextField
      name="title"
      label="Title"
      help="What is wrong for whom, in a few words: “Card payments fail”. At most 200 characters."
      defaultValue={value}
      autoComplete="off"
      required
    />
  );
}

export function SeverityField({ value }: { value: string }) {
  return <RadioGroup name="severity" label="Severity" options={SEVERITIES} defaultValue={value} />;
}

export function VisibilityField({ value }: { value: string }) {
  return <RadioGroup name="visibility" label="Who sees it" options={VISIBILITIES} defaultValue={value} />;
}

export function DescriptionField({ value }: { value: string }) {
  return (
    <MarkdownField
      name="description"
      label="Description"
      help="What is known so far, in Markdown. Updates come after it."
      defaultValue={value}
    />
  );
}

interface LeadFieldProps {
  value: string;
  leads: readonly { id: string; name: string }[];
}

export function LeadField({ value, leads }: LeadFieldProps) {
  const options = leads.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <SelectField
      name="leadId"
      label="Lead"
      help="Who keeps the threads together."
      defaultValue={value}
      options={[{ value: "", label: "Nobody yet" }, ...options]}
    />
  );
}

import { CircleAlert } from "lucide-react";
import { useId, type ReactNode } from "react";

/** What a control inside a Field spreads onto its input. */
export interface ControlProps {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean;
}

interface FieldProps {
  label: string;
  /** Stands below the control. */
  help?: ReactNode;
  /** Stands below the control in red and is read out; marks the control as invalid. */
  error?: string;
  required?: boolean;
  /** Renders the control: `{(control) => <Input name="label" {...control} />}` */
  children: (control: ControlProps) => ReactNode;
}

/** A labelled control: label above, help below, the error at the field and tied to it for screen readers. */
export function Field({ label, help, error, required = false, children }: FieldProps) {
  const id = useId();
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(" ");
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium text-ink">
        {label}
        {required ? null : <span className="ml-1 font-normal text-muted">(optional)</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined, required })}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-xs text-negative">
          <CircleAlert aria-hidden size={14} className="mt-px shrink-0" />
          {error}
        </p>
      ) : null}
      {help ? (
        <p id={`${id}-help`} className="text-xs text-muted">
          {help}
        </p>
      ) : null}
    </div>
  );
}

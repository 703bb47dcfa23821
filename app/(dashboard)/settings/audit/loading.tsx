import { FormSkeleton } from "@/app/_forms/form-skeleton";

export default function Loading() {
  return <FormSkeleton fields={3} />;
}

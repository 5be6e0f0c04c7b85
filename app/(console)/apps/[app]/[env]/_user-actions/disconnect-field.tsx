import { CheckboxField } from "@/components/form/checkbox";

/** Whether who is connected with a token that is refused from now on is disconnected. */
export function DisconnectField({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <CheckboxField
      label="Also disconnect"
      hint="Otherwise open connections stay until they end by themselves."
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
    />
  );
}

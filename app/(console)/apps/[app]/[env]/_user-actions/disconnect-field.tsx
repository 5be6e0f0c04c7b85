import { CheckboxField } from "@/components/form/toggles";

/** Whether who is connected with a token that is refused from now on is disconnected. */
export function DisconnectField({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <CheckboxField
      label="Also disconnect"
      hint="An open connection stays until it ends, whatever becomes of its token."
      checked={checked}
      onCheckedChange={(next) => onChange(next === true)}
    />
  );
}

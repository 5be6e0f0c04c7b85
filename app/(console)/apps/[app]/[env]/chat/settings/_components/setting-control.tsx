"use client";

import { Input, Textarea } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { Switch } from "@/components/form/switch";
import { PROFILE_VISIBILITIES } from "@/lib/core/profiles/facts";
import {
  FRIEND_REQUEST_PREFERENCES,
  SAME_PLATFORM_RULES,
  type SettingKey,
  settingValueText,
} from "@/lib/core/settings/facts";
import type { Settings } from "@/lib/core/settings/schema";
import { ProfileKeysControl } from "./profile-keys-control";

interface Props {
  settingKey: SettingKey;
  label: string;
  labelId: string;
  /** Ids of the sentence and the error that belong to the control. */
  describedBy: string;
  invalid: boolean;
  values: Settings;
  disabled: boolean;
  onChange: (change: Partial<Settings>) => void;
}

const VALIDITY_DEFAULT_HOURS = 720;

const optionsOf = <Key extends SettingKey, Value extends Settings[Key] & string>(key: Key, values: readonly Value[]) =>
  values.map((value) => ({ value, label: settingValueText(key, value) }));

/** The control of one setting, in the shape that its type asks for. */
export function SettingControl({
  settingKey,
  label,
  labelId,
  describedBy,
  invalid,
  values,
  disabled,
  onChange,
}: Props) {
  const select = { label, describedBy, disabled };
  switch (settingKey) {
    case "defaultProfileVisibility":
      return (
        <Select
          {...select}
          value={values[settingKey]}
          onValueChange={(visibility) => onChange({ [settingKey]: visibility })}
          options={optionsOf(settingKey, PROFILE_VISIBILITIES)}
          className="w-72 max-w-full"
        />
      );
    case "profileKeys":
      return (
        <ProfileKeysControl
          labelId={labelId}
          describedBy={describedBy}
          keys={values[settingKey]}
          disabled={disabled}
          onChange={(profileKeys) => onChange({ [settingKey]: profileKeys })}
        />
      );
    case "restrictDirectMessagingToFriends":
    case "profileUpdatesToFriends":
      return (
        <Switch
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          checked={values[settingKey]}
          disabled={disabled}
          onCheckedChange={(on) => onChange({ [settingKey]: on })}
        />
      );
    case "friendRequestPreference":
      return (
        <Select
          {...select}
          value={values[settingKey]}
          onValueChange={(preference) => onChange({ [settingKey]: preference })}
          options={optionsOf(settingKey, FRIEND_REQUEST_PREFERENCES)}
          className="w-56"
        />
      );
    case "samePlatformConnections":
      return (
        <Select
          {...select}
          value={values[settingKey]}
          onValueChange={(rule) => onChange({ [settingKey]: rule })}
          options={optionsOf(settingKey, SAME_PLATFORM_RULES)}
          className="w-64"
        />
      );
    case "allowedOrigins":
      return (
        <Textarea
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          rows={3}
          spellCheck={false}
          placeholder="https://chat.example.com"
          value={values[settingKey]}
          disabled={disabled}
          onChange={(event) => onChange({ [settingKey]: event.target.value })}
          className="w-72 max-w-full font-mono"
        />
      );
    case "accessTokenValidityHours": {
      const hours = values[settingKey];
      return (
        <div className="flex items-center gap-2">
          {hours === null ? null : (
            <>
              <Input
                type="number"
                inputMode="numeric"
                min={1}
                step={1}
                aria-label={`${label} in hours`}
                aria-describedby={describedBy}
                aria-invalid={invalid || undefined}
                value={Number.isNaN(hours) ? "" : hours}
                disabled={disabled}
                onChange={(event) => onChange({ [settingKey]: event.target.valueAsNumber })}
                className="w-24 tabular-nums"
              />
              <span className="text-13 text-ink-muted">hours</span>
            </>
          )}
          <Select
            {...select}
            value={hours === null ? "endless" : "limited"}
            onValueChange={(choice) => onChange({ [settingKey]: choice === "endless" ? null : VALIDITY_DEFAULT_HOURS })}
            options={[
              { value: "endless", label: "Never expires" },
              { value: "limited", label: "Expires" },
            ]}
            className="w-36"
          />
        </div>
      );
    }
  }
}

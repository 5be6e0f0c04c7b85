"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { Field, useField } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { RadioGroup } from "@/components/form/radio-group";
import { useUnsaved } from "@/components/form/unsaved";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { IMPORT_MAX_BYTES } from "@/lib/core/imports/facts";
import type { ImportFileInput } from "@/lib/core/imports/schema";
import { CheckedFile } from "./checked-file";

/** Typed text of a file is shown up to so many characters; beyond, that it is there. */
const SHOWN = 20_000;

/** What has been checked, under a number of its own: the text itself is too long to name it. */
export interface Checked {
  readonly number: number;
  readonly text: string;
}

/** Choose a file or paste it, check it, start the job. What was chosen stays until the job runs. */
export function ImportWizard() {
  const { whyNot } = useEnvironmentScope();
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [existing, setExisting] = useState<ImportFileInput["existing"]>("skip");
  const [checked, setChecked] = useState<Checked | null>(null);
  const [started, setStarted] = useState(false);
  useUnsaved(text !== "" && !started);
  const locked = whyNot("users.register");

  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    setProblem(null);
    if (file.size > IMPORT_MAX_BYTES) {
      setProblem(`${file.name} is larger than ${IMPORT_MAX_BYTES / 1_000_000} MB. Split it.`);
      return;
    }
    setText(await file.text());
    setFileName(file.name);
    setChecked(null);
  };

  return (
    <div className="flex flex-col gap-4">
      <Card aria-labelledby="choose-file">
        <CardHeader
          id="choose-file"
          title="1. Choose a file"
          description="CSV with column names in the first line, or a JSON list of objects. Each user needs an ID and a name. An avatar address is optional."
        />
        <CardBody className="flex flex-col gap-4">
          <Field label="File" error={problem ?? undefined} className="max-w-md">
            <FileInput onChoose={choose} />
          </Field>
          <Field
            label="Or paste it"
            hint={fileName === null ? undefined : `${fileName}, ${formatCount(text.length)} characters`}
          >
            <Textarea
              value={text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
              readOnly={text.length > SHOWN}
              rows={6}
              spellCheck={false}
              placeholder={"userId,name,avatarUrl\nalice,Alice Lind,"}
              className="font-mono text-xs"
              onChange={(event) => {
                setText(event.target.value);
                setFileName(null);
                setChecked(null);
              }}
            />
          </Field>
          <div className="flex flex-col gap-2">
            <p aria-hidden className="font-medium text-13">
              Users already registered
            </p>
            <RadioGroup
              label="Users already registered"
              value={existing}
              onValueChange={setExisting}
              options={[
                { value: "skip", label: "Skip them" },
                { value: "update", label: "Update name and avatar" },
              ]}
            />
          </div>
        </CardBody>
        <CardFooter>
          <span>{locked ?? "Checking changes nothing."}</span>
          <Button
            icon={Search}
            variant={checked === null ? "primary" : undefined}
            disabled={text.trim() === "" || locked !== null}
            onClick={() => setChecked({ number: (checked?.number ?? 0) + 1, text })}
          >
            Check the file
          </Button>
        </CardFooter>
      </Card>
      {checked === null ? null : (
        <CheckedFile key={checked.number} checked={checked} existing={existing} onStarted={() => setStarted(true)} />
      )}
    </div>
  );
}

function FileInput({ onChoose }: { onChoose: (file: File | undefined) => Promise<void> }) {
  const field = useField();
  return (
    <input
      {...field}
      type="file"
      accept=".csv,.tsv,.txt,.json,text/csv,application/json"
      className="text-13 text-ink-muted file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-line-strong file:border-solid file:bg-surface file:px-3 file:font-medium file:text-13 file:text-ink hover:file:bg-hover"
      onChange={(event) => void onChoose(event.target.files?.[0])}
    />
  );
}

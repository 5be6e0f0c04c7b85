"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { RadioGroup } from "@/components/form/radio-group";
import { Select } from "@/components/form/select";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { countText } from "@/components/ui/count-text";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { type ChoiceProps, type FiltersProps, useChoice } from "./filter-choice";
import { FilterSelect } from "./filter-select";
import { useList } from "./list";
import { rowsMeant, textOf } from "./list-address";
import type { DaysFilter, Filter, ListDefinition, ListQuery, TextFilter } from "./list-definition";
import { useTypingPause } from "./typing-pause";

/** The controls in the box of a list's filters. */
export function FilterBox<Row, Query extends ListQuery, Given>({ list, query }: FiltersProps<Row, Query, Given>) {
  return <div className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2">{controlsOf(list, query)}</div>;
}

/** One for each filter that has a control and counts for this query. */
function controlsOf<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
): ReactNode[] {
  const filters = (list.filters ?? []).filter((filter) => filter.kind !== "choice" || filter.when?.(query) !== false);
  const defaults = list.defaults;
  const control = (filter: Filter<Query>) => {
    if (filter.kind === "own") return filter.Control ? <filter.Control key={filter.names[0]} query={query} /> : null;
    if (filter.kind === "days") return <DayFields key={filter.from} filter={filter} query={query} />;
    if (filter.kind === "text")
      return <TextField key={filter.name} filter={filter} value={textOf(query, filter.name)} />;
    if (filter.kind === "linked") return null;
    const choice = { filter, query, fallback: textOf(defaults, filter.name) };
    if (!list.folded) return <ChoiceSelect key={filter.name} {...choice} />;
    if (filter.compact) return <ChoiceField key={filter.name} {...choice} />;
    return filter.counts === undefined ? (
      <ChoiceRadios key={filter.name} {...choice} />
    ) : (
      <CountedRadios
        key={filter.name}
        {...choice}
        counts={filter.counts}
        meant={meantWithout(list, query, filter.name)}
      />
    );
  };
  return filters.map(control).filter((one) => one !== null);
}

function ChoiceSelect<Query extends ListQuery>(props: ChoiceProps<Query>) {
  const { filter, fallback } = props;
  const { value, options, choose } = useChoice(props);
  return (
    <FilterSelect
      label={filter.label}
      value={value}
      fallback={fallback}
      options={options}
      groupOf={filter.groupOf}
      onChoose={choose}
    />
  );
}

/** A choice of the box of filters that would take too much room as radio buttons. */
function ChoiceField<Query extends ListQuery>(props: ChoiceProps<Query>) {
  const { value, options, choose } = useChoice(props);
  return (
    <Field label={props.filter.label}>
      <Select
        value={value}
        onValueChange={choose}
        options={options.map(([option, word]) => ({ value: option, label: word }))}
      />
    </Field>
  );
}

type Counts = Readonly<Record<string, CappedCount | undefined>>;

function ChoiceRadios<Query extends ListQuery>({ counts, ...props }: ChoiceProps<Query> & { counts?: Counts }) {
  const { value, options, choose } = useChoice(props);
  const label = (option: string, word: string) => {
    const count = counts?.[option];
    if (count === undefined) return word;
    return (
      <>
        {word} <span className="text-ink-muted tabular-nums">{countText(count)}</span>
      </>
    );
  };
  return (
    <div className="flex flex-col gap-2">
      <p aria-hidden className="font-medium text-13">
        {props.filter.label}
      </p>
      <RadioGroup
        label={props.filter.label}
        value={value}
        onValueChange={choose}
        options={options.map(([option, word]) => ({ value: option, label: label(option, word) }))}
      />
    </div>
  );
}

/** The same with how many rows each would leave, counted once the box is opened. */
function CountedRadios<Query extends ListQuery>({
  counts,
  meant,
  ...props
}: ChoiceProps<Query> & { counts: string; meant: string }) {
  const { scope } = useEnvironmentScope();
  const { data } = useQuery({
    queryKey: ["filter-counts", scope.app, scope.env, counts, meant],
    queryFn: ({ signal }) => fetchJson<Counts>(`/api/apps/${scope.app}/${scope.env}/${counts}?${meant}`, signal),
    staleTime: 15_000,
  });
  return <ChoiceRadios {...props} counts={data} />;
}

/** Which rows a query means but for one of its filters. */
function meantWithout<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
  name: string,
): string {
  const params = new URLSearchParams(rowsMeant(list, query));
  params.delete(name);
  return params.toString();
}

/** How long after the last key the list is asked for. */
function TextField<Query extends ListQuery>({ filter, value }: { filter: TextFilter<Query>; value: string }) {
  const { go } = useList();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  // Changed by other means (a chip, Back): show what the address says.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const name = filter.name;
  const send = useCallback(() => {
    const typed = text.trim();
    sent.current = typed;
    go({ [name]: typed === "" ? null : typed }, "replace");
  }, [text, name, go]);
  useTypingPause(text, sent, send);
  return (
    <Field label={filter.label} hint={filter.hint}>
      <Input
        value={text}
        maxLength={filter.maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
    </Field>
  );
}

/** Both ends of a range of days. */
function DayFields<Query extends ListQuery>({ filter, query }: { filter: DaysFilter<Query>; query: Query }) {
  const { go } = useList();
  const from = textOf(query, filter.from).slice(0, 10);
  const to = textOf(query, filter.to).slice(0, 10);
  return (
    <div className="grid grid-cols-1 gap-3">
      <Field label={`${filter.label} from`}>
        <Input
          type="date"
          defaultValue={from}
          max={to || undefined}
          onChange={(event) => go({ [filter.from]: event.target.value || null })}
        />
      </Field>
      <Field label={`${filter.label} up to`} hint="Whole days in UTC.">
        <Input
          type="date"
          defaultValue={to}
          min={from || undefined}
          onChange={(event) => go({ [filter.to]: event.target.value || null })}
        />
      </Field>
    </div>
  );
}

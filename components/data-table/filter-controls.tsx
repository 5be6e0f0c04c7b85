"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ListFilter } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { RadioGroup } from "@/components/form/toggles";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { countText } from "@/components/ui/count-text";
import { Popover } from "@/components/ui/popover";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { useList } from "./list";
import { defaultQuery, filterChips, rowsMeant, textOf } from "./list-address";
import type { ChoiceFilter, DaysFilter, Filter, ListDefinition, ListQuery, TextFilter } from "./list-definition";
import { useTypingPause } from "./typing-pause";

interface FiltersProps<Row, Query extends ListQuery, Given> {
  list: ListDefinition<Row, Query, Given>;
  query: Query;
}

/** More controls than these take several rows of a phone's toolbar. */
const FIT_A_PHONE = 1;

/** The controls of a list's filters: in the toolbar, or behind a button where the list folds them, and on a phone where they are several. */
export function Filters<Row, Query extends ListQuery, Given>({ list, query }: FiltersProps<Row, Query, Given>) {
  if (list.folded) return <FoldedFilters list={list} query={query} />;
  const controls = controlsOf(list, query);
  if (controls.length <= FIT_A_PHONE) return controls;
  return (
    <>
      <div className="contents max-sm:hidden">{controls}</div>
      <div className="sm:hidden">
        <FoldedFilters list={list} query={query} />
      </div>
    </>
  );
}

/** One for each filter that has a control and counts for this query. */
function controlsOf<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  query: Query,
): ReactNode[] {
  const filters = (list.filters ?? []).filter((filter) => filter.kind !== "choice" || filter.when?.(query) !== false);
  const defaults = defaultQuery(list);
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

/** All of them in a box behind a button that says how many are in force. */
function FoldedFilters<Row, Query extends ListQuery, Given>({ list, query }: FiltersProps<Row, Query, Given>) {
  const count = filterChips(list, query).length;
  return (
    <Popover
      label="Filters"
      className="max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto sm:w-[36rem]"
      trigger={
        <Button icon={ListFilter}>
          Filters
          {count > 0 ? (
            <span className="rounded-full bg-accent-soft px-1.5 text-accent-ink text-xs tabular-nums">{count}</span>
          ) : null}
        </Button>
      }
    >
      <div className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2">{controlsOf(list, query)}</div>
    </Popover>
  );
}

interface ChoiceProps<Query extends ListQuery> {
  filter: ChoiceFilter<Query>;
  query: Query;
  /** The value that lets everything through; "" when the address names none for it. */
  fallback: string;
}

function useChoice<Query extends ListQuery>({ filter, query, fallback }: ChoiceProps<Query>) {
  const { go } = useList();
  const words = Object.entries(filter.options as Readonly<Record<string, string>>);
  const value = textOf(query, filter.name);
  const options = [[fallback, filter.any] as const, ...words];
  return {
    value,
    // A link may name a value that is not offered, such as one error code among the results.
    options: options.some(([known]) => known === value) ? options : [...options, [value, value] as const],
    choose: (next: string) => go({ [filter.name]: next === fallback ? null : next }),
  };
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

interface FilterSelectProps {
  label: string;
  value: string;
  /** The value that filters nothing; any other is shown as in force. */
  fallback: string;
  options: ReadonlyArray<readonly [value: string, word: string]>;
  groupOf?: (value: string) => string;
  onChoose: (value: string) => void;
}

/** The browser's own list of choices: every platform's keys, touch and screen readers know it. */
export function FilterSelect({ label, value, fallback, options, groupOf, onChoose }: FilterSelectProps) {
  const groups = new Map<string, Array<readonly [value: string, word: string]>>();
  for (const option of options) {
    const group = option[0] === fallback ? "" : (groupOf?.(option[0]) ?? "");
    groups.set(group, [...(groups.get(group) ?? []), option]);
  }
  const items = (of: FilterSelectProps["options"]) =>
    of.map(([option, word]) => (
      <option key={option} value={option} className="bg-overlay text-ink">
        {word}
      </option>
    ));
  return (
    <span className="relative inline-flex">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className={cn(
          "h-8 max-w-44 cursor-pointer appearance-none truncate rounded-md border border-line-strong/60 bg-surface pr-7 pl-2 text-13 text-ink shadow-raised",
          value !== fallback && "border-accent text-accent-ink",
        )}
      >
        {[...groups].map(([group, of]) =>
          group === "" ? (
            items(of)
          ) : (
            <optgroup key={group} label={group} className="bg-overlay text-ink">
              {items(of)}
            </optgroup>
          ),
        )}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-ink-muted"
      />
    </span>
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

/** One end of a range of days, on one line: for a toolbar. */
export function DayField({ label, name, value }: { label: string; name: string; value: string | undefined }) {
  const { go } = useList();
  const id = useId();
  return (
    <span className="flex items-center gap-1.5 text-13 text-ink-muted">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value?.slice(0, 10) ?? ""}
        onChange={(event) => go({ [name]: event.target.value || null })}
        className="h-8 rounded-md border border-line-strong/60 bg-surface px-2 text-13 text-ink shadow-raised"
      />
    </span>
  );
}

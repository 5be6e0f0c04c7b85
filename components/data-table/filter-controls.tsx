"use client";

import { ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { onIntent } from "@/components/ui/on-intent";
import { Popover } from "@/components/ui/popover";
import { type ChoiceProps, type FiltersProps, useChoice } from "./filter-choice";
import { FilterSelect } from "./filter-select";
import { filterChips, textOf } from "./list-address";
import type { ListQuery } from "./list-definition";

const FilterBox = onIntent(() => import("./filter-box").then((part) => part.FilterBox));

/** More controls than these take several rows of a phone's toolbar. */
const FIT_A_PHONE = 1;

/** The controls of a list's filters: in the toolbar, or behind a button where the list folds them, and on a phone where they are several. */
export function Filters<Row, Query extends ListQuery, Given>({ list, query }: FiltersProps<Row, Query, Given>) {
  if (list.folded) return <FoldedFilters list={list} query={query} />;
  const controls = (list.filters ?? []).flatMap((filter) => {
    if (filter.kind === "own") return filter.Control ? [<filter.Control key={filter.names[0]} query={query} />] : [];
    // Whatever takes more room than a list of choices stands in the box.
    if (filter.kind !== "choice" || filter.when?.(query) === false) return [];
    return [
      <ChoiceSelect key={filter.name} filter={filter} query={query} fallback={textOf(list.defaults, filter.name)} />,
    ];
  });
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

/** All of them in a box behind a button that says how many are in force. */
function FoldedFilters<Row, Query extends ListQuery, Given>({ list, query }: FiltersProps<Row, Query, Given>) {
  const count = filterChips(list, query).length;
  return (
    <Popover
      label="Filters"
      loads={[FilterBox]}
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
      <FilterBox list={list as never} query={query as never} />
    </Popover>
  );
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

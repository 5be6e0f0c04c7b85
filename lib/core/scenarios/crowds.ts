import { watchRegistrations } from "../waves/watch-registrations";
import type { Person, Scenario } from "./scenario";

const crowd = (count: number, prefix: string, name: string): Person[] =>
  Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, "0");
    return { userId: `${prefix}-${number}`, name: `${name} ${number}` };
  });

export const fullQuota: Scenario = { people: (free) => crowd(free, "seat", "Seat") };

export const wave: Scenario = {
  people: crowd(60, "wave", "Wave"),
  // The sweeper would see it within a minute; who has seeded it looks now.
  play: ({ at }) => watchRegistrations(at(0)),
};

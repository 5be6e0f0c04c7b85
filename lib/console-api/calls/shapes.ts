import { z } from "zod";

/** What answers share, as JSON carries it: moments are ISO 8601 in UTC. */
export const Moment = z.iso.datetime();

export const EnvironmentName = z.enum(["development", "production"]);

export const page = <Row extends z.ZodType>(row: Row) =>
  z.object({
    rows: z.array(row),
    next: z.string().nullable().describe("The cursor of the next page; null: there is none."),
    previous: z.string().nullable(),
  });

export const Plan = z.enum(["free", "starter", "pro"]);

/** Done, and there is nothing to say about it. */
export const Done = z.object({});

import { notifyManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { whenSettled } from "./when-settled";

test("nothing is settled before what a query brought is on the page", async () => {
  const queries = new QueryClient();
  const told: string[] = [];
  let answer = (_: number) => {};
  const query = { queryKey: ["count"], queryFn: () => new Promise<number>((resolve) => (answer = resolve)) };
  const observer = new QueryObserver(queries, query);
  // As a component subscribes: it draws when this is called.
  const leave = observer.subscribe(
    notifyManager.batchCalls(({ data }) => told.push(data === undefined ? "asks" : "drawn")),
  );
  const settled = new Promise<void>((resolve) => {
    const end = whenSettled(queries, (all) => {
      told.push(all ? "settled" : "not settled");
      if (!all) return;
      end();
      resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).not.toContain("settled");
  answer(8);
  await settled;
  expect(told.slice(-2)).toEqual(["drawn", "settled"]);
  leave();
  queries.clear();
});

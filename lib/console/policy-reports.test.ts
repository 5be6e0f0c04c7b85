import { expect, test } from "vitest";
import { policyReports } from "./policy-reports";

const REPORT = {
  "csp-report": {
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/x.js?token=secret",
    "document-uri": "http://localhost:3000/invite/x?secret=1#y",
  },
};

function reports() {
  let at = 0;
  const lines: object[] = [];
  const take = policyReports({ warn: ((line: object) => lines.push(line)) as never }, () => at);
  const send = (body: string) => take(new Request("http://localhost/x", { method: "POST", body }));
  return { lines, send, wait: (ms: number) => (at += ms) };
}

test("one line for many reports, without what may be secret in an address", async () => {
  const { lines, send, wait } = reports();
  for (let sent = 0; sent < 5; sent += 1) expect(await send(JSON.stringify(REPORT))).toBe(204);
  expect(lines).toEqual([
    {
      count: 1,
      directive: "script-src-elem",
      blocked: "https://evil.example/x.js",
      page: "http://localhost:3000/invite/x",
      source: "",
      line: undefined,
    },
  ]);
  wait(10_000);
  await send(JSON.stringify(REPORT));
  expect(lines[1]).toMatchObject({ count: 5 });
});

test("what is no report is refused and not written", async () => {
  const { lines, send } = reports();
  expect(await send("{")).toBe(400);
  expect(await send('{"csp-report":"x"}')).toBe(400);
  expect(await send(JSON.stringify({ "csp-report": { "blocked-uri": "x".repeat(20_000) } }))).toBe(413);
  expect(lines).toEqual([]);
});

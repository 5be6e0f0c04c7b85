import { expect, test } from "vitest";
import { asLogLines } from "./audit-file";
import { formatLine } from "./launcher/output";

test("the audit log on standard output passes the launcher as the service's own lines, word for word", () => {
  const lines = ['{"seal":{"number":"1"}}', '{"entry":{"actorName":"{\\nZoë"}}'];
  const printed = asLogLines(lines.map((line) => `${line}\n`).join(""), new Date(0)).split("\n");
  expect(printed).toHaveLength(3);
  for (const [index, line] of lines.entries()) {
    const shown = formatLine("service", printed[index] ?? "", "stdout", false);
    expect(JSON.parse(shown)).toEqual({
      level: 30,
      time: "1970-01-01T00:00:00.000Z",
      process: "service",
      msg: "audit",
      ...JSON.parse(line),
    });
  }
});

import path from "node:path";
import { root } from "./prepare.mjs";

/** How much of the end of a run may be taken up by what failed: a run that breaks altogether says so once, not a thousand times. */
const MOST_FAILURES = 10;
const MOST_LINES = 15;

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character
const COLOURS = /\u001b\[[0-9;]*m/g;

/** Text of a runner without its colours. */
export const withoutColours = (text) => text.replace(COLOURS, "");

/** The failures in a report of Vitest, `{ title, message }` each; a file that could not be loaded is one of them. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const name = path.relative(root, file.name);
    const tests = file.assertionResults.filter((test) => test.status === "failed");
    if (tests.length > 0)
      return tests.map((test) => ({
        title: `${name} > ${test.fullName}`,
        message: test.failureMessages.join("\n"),
      }));
    return file.status === "failed" ? [{ title: name, message: file.message }] : [];
  });
}

/** The failures in a report of Playwright, `{ title, message }` each. */
export function failuresOfPlaywright(report) {
  const within = (suite, titles) => [
    ...(suite.suites ?? []).flatMap((inner) => within(inner, [...titles, inner.title])),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === "unexpected")
        .map((test) => ({
          title: `${suite.file ?? spec.file}:${spec.line} > ${[...titles, spec.title].join(" > ")}`,
          message: test.results
            .flatMap((result) => result.errors)
            .map((error) => error.message)
            .join("\n"),
        })),
    ),
  ];
  const errors = (report?.errors ?? []).map((error) => ({ title: "Outside of a test", message: error.message }));
  return [...(report?.suites ?? []).flatMap((suite) => within(suite, [])), ...errors];
}

/** What a run says at its end about what failed, so that nobody has to look for it further up. */
export function tellFailures(title, failures) {
  const told = failures.slice(0, MOST_FAILURES).map((failure) => {
    const lines = withoutColours(failure.message ?? "")
      .split("\n")
      .filter((line) => line.trim() !== "" && !/\/node_modules\/|new Promise \(<anonymous>\)/.test(line));
    const left = lines.length - MOST_LINES;
    const shown = left > 0 ? [...lines.slice(0, MOST_LINES), `… ${left} more lines`] : lines;
    return [`FAILED  ${failure.title}`, ...shown.map((line) => `        ${line}`)].join("\n");
  });
  const left = failures.length - MOST_FAILURES;
  return [`${title}: what failed`, ...told, ...(left > 0 ? [`… and ${left} more`] : [])].join("\n");
}

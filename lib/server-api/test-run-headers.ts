import type { TestRunAnswer } from "@/lib/core/test-runs/schema";
import type { ApiCall } from "./call";
import type { CallHeaders } from "./endpoint";

/** Names the test run of Development that a new user is to belong to, and in the answer the one that the user belongs to. */
const TEST_RUN_HEADER = "x-test-run";

interface AnsweredHeaders extends CallHeaders {
  /** Undefined: nothing was said. */
  readonly answered: Readonly<Record<string, string>> | undefined;
}

/** The header of a call, and what becomes of it: "pw-4711", or "none; reason=expired". */
export function testRunHeaders(call: ApiCall): AnsweredHeaders {
  let answered: Readonly<Record<string, string>> | undefined;
  return {
    get testRun() {
      return call.header(TEST_RUN_HEADER) ?? undefined;
    },
    answerTestRun(answer: TestRunAnswer) {
      if (answer === null) return;
      answered = { [TEST_RUN_HEADER]: answer.run === null ? `none; reason=${answer.reason}` : answer.run };
    },
    get answered() {
      return answered;
    },
  };
}

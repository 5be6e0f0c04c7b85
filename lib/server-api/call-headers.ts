import type { UsedSeats } from "@/lib/core/quota/schema";
import type { TestRunAnswer } from "@/lib/core/test-runs/schema";
import type { ApiCall } from "./call";
import type { CallHeaders } from "./endpoint";

/** Names the test run of Development that a new user is to belong to, and in the answer the one that the user belongs to. */
const TEST_RUN_HEADER = "x-test-run";
/** Warns while there are still seats. */
const QUOTA_HEADER = "x-user-quota";

interface AnsweredHeaders extends CallHeaders {
  /** Undefined: nothing was said. */
  readonly answered: Readonly<Record<string, string>> | undefined;
}

/** The headers of a call that are its business, and those of its answer: "pw-4711" or "none; reason=expired", and "87; limit=100". */
export function callHeaders(call: ApiCall): AnsweredHeaders {
  let answered: Readonly<Record<string, string>> | undefined;
  return {
    get testRun() {
      return call.header(TEST_RUN_HEADER) ?? undefined;
    },
    answerTestRun(answer: TestRunAnswer) {
      if (answer === null) return;
      const text = answer.run === null ? `none; reason=${answer.reason}` : answer.run;
      answered = { ...answered, [TEST_RUN_HEADER]: text };
    },
    answerQuota({ taken, limit }: UsedSeats) {
      answered = { ...answered, [QUOTA_HEADER]: `${taken}; limit=${limit}` };
    },
    get answered() {
      return answered;
    },
  };
}

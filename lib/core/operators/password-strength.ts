/** How hard a password is to guess. Browser-safe: the console shows it while a password is typed. */
export interface PasswordStrength {
  readonly level: "weak" | "fair" | "strong";
  /** Why it is weak, as one sentence; null where it may be used. */
  readonly problem: string | null;
}

/** Whom the password is for: what they are called is what a guesser tries first. */
export interface PasswordOwner {
  readonly name: string;
  readonly email: string;
}

/** What a guesser knows of the product. */
const PRODUCT_WORDS = [
  "im",
  "user",
  "service",
  "im user service",
  "im-user-service",
  "imuserservice",
  "console",
  "operator",
  "owner",
];

/**
 * Guesses, as a power of ten, below which a password is refused: at a hundred guesses a second, which is more than one process
 * checks, more than three years. Twice the power is as good as any.
 */
const ENOUGH = 10;
const PLENTY = 14;

/** What is looked at: enough for any password to show itself strong, and little enough to be looked at in a tenth of a second. */
const LOOKED_AT = 64;

const PROBLEMS: Readonly<Record<string, string>> = {
  straightRow: "It follows the keys of a keyboard.",
  keyPattern: "It follows the keys of a keyboard.",
  simpleRepeat: "It repeats itself.",
  extendedRepeat: "It repeats itself.",
  sequences: "It’s a row of letters or digits.",
  recentYears: "It’s a year or a date.",
  dates: "It’s a year or a date.",
  topTen: "It’s one of the most common passwords.",
  topHundred: "It’s one of the most common passwords.",
  common: "It’s one of the most common passwords.",
  similarToCommon: "It’s close to one of the most common passwords.",
  userInputs: "It’s close to your name, your e-mail or this product’s name.",
};

const EASY = "It’s easy to guess.";

/** The words of names and addresses, whole and in pieces. */
function wordsOf({ name, email }: PasswordOwner): string[] {
  const pieces = [name, ...email.split("@")].flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set([email, ...pieces, name.replaceAll(/\s+/g, "")].map((word) => word.toLowerCase()))].filter(
    (word) => word.length > 1,
  );
}

/** The dictionary of common passwords is 240 kB: loaded when the first password is chosen, in the browser as here. */
async function load() {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
}

let loading: ReturnType<typeof load> | undefined;

/** Estimates how many guesses a password withstands of somebody who knows its owner. Rejects when the dictionary cannot be loaded. */
export async function passwordStrength(password: string, owner: PasswordOwner): Promise<PasswordStrength> {
  loading ??= load().catch((error: unknown) => {
    // In a browser that was offline the next letter tries again.
    loading = undefined;
    throw error;
  });
  const estimator = await loading;
  const { guessesLog10, feedback } = estimator.check(password.slice(0, LOOKED_AT), [
    ...PRODUCT_WORDS,
    ...wordsOf(owner),
  ]);
  if (guessesLog10 < ENOUGH) {
    return { level: "weak", problem: PROBLEMS[feedback.warning ?? ""] ?? EASY };
  }
  return { level: guessesLog10 < PLENTY ? "fair" : "strong", problem: null };
}

export const TEST_RUN_ID_MAX = 40;

export const TEST_RUN_LABEL_MAX = 100;

/** How long a run is listed after it ended. */
export const RUNS_KEPT_DAYS = 30;

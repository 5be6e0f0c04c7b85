/** Calls what the app has given. What it throws is the app's to see, and must not stop anything here. */
export function callBack(run: () => void): void {
  try {
    run();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

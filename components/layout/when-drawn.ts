/** A page that nobody sees draws no frames: then so long instead. */
const UNSEEN_MS = 250;

/**
 * Calls `then` once what stands on the page is drawn as it stays: two frames later, since a box that measures itself in one, such as a
 * table that scrolls when it is too wide, is drawn by that in the next. Gives what calls it off.
 */
export function whenDrawn(then: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(done);
  });
  const unseen = setTimeout(done, UNSEEN_MS);
  function forget() {
    cancelAnimationFrame(frame);
    clearTimeout(unseen);
  }
  function done() {
    forget();
    then();
  }
  return forget;
}

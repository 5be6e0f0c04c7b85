/**
 * The link by which a click takes this tab to another page of the console; null: it does not. What leads out of the console is the
 * browser's to ask about.
 */
export function leavingLink(event: MouseEvent): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement)) return null;
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const sameTab = (link.target === "" || link.target === "_self") && !link.hasAttribute("download");
  const { origin, pathname, search } = new URL(link.href, window.location.href);
  const elsewhere = pathname !== window.location.pathname || search !== window.location.search;
  return plain && sameTab && origin === window.location.origin && elsewhere ? link : null;
}

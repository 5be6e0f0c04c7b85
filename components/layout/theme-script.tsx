export const THEME_KEY = "theme";
/** What `useStoredChoice` says in this tab. */
export const THEME_CHANGED = `${THEME_KEY}-changed`;

const SCRIPT = `(function(){var d=document.documentElement,m=matchMedia("(prefers-color-scheme: dark)");
function a(){var t=null;try{t=localStorage.getItem("${THEME_KEY}")}catch(e){}d.classList.toggle("dark",t==="dark"||(t!=="light"&&m.matches))}
a();m.addEventListener("change",a);addEventListener("${THEME_CHANGED}",a);addEventListener("storage",a)})()`;

/** Runs before the first paint, so that no page flashes in the wrong theme; then follows the system's changes. */
export function ThemeScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file
  return <script dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}

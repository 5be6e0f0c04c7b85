import { VISUAL_KEY } from "@/components/ui/time-format";

export const THEME_KEY = "theme";
/** What `useStoredChoice` says in this tab. */
export const THEME_CHANGED = `${THEME_KEY}-changed`;

const SCRIPT = `(function(){var d=document.documentElement,m=matchMedia("(prefers-color-scheme: dark)"),
v=new URLSearchParams(location.search).get("${VISUAL_KEY}");
try{if(v==="on")localStorage.setItem("${VISUAL_KEY}",v);if(v==="off")localStorage.removeItem("${VISUAL_KEY}");
if(localStorage.getItem("${VISUAL_KEY}")==="on")d.dataset.visual="on"}catch(e){}
function a(){var t=null;try{t=localStorage.getItem("${THEME_KEY}")}catch(e){}d.classList.toggle("dark",t==="dark"||(t!=="light"&&m.matches))}
a();m.addEventListener("change",a);addEventListener("${THEME_CHANGED}",a);addEventListener("storage",a)})()`;

/**
 * Runs before the first paint, so that no page flashes in the wrong theme or with what is not for pictures; then follows the
 * system's changes of theme.
 */
export function DisplayScript({ nonce }: { nonce: string | undefined }) {
  // A browser shows no page its nonces, so what React finds in the document differs.
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}

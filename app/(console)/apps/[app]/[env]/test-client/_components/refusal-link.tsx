import Link from "next/link";

const FRIENDS_ONLY = 25469;

/** Where the refusal of a message comes from, when that is a setting. */
export function RefusalLink({ code, base }: { code: number; base: string }) {
  if (code !== FRIENDS_ONLY) return null;
  return (
    <Link href={`${base}/chat/settings#friend`} target="_blank" className="font-medium underline">
      Open the setting
    </Link>
  );
}

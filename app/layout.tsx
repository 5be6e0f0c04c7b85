import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { DisplayScript } from "@/components/layout/display-script";
import { pageNonce } from "@/lib/console/request";
import "./globals.css";
import { Providers } from "./providers";
import "./typefaces.css";
import { mono, sans } from "./typefaces";

export const metadata: Metadata = {
  title: { template: "%s · Console", default: "IM User Service Console" },
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#0a0a0b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
      <head>
        <DisplayScript nonce={await pageNonce()} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}

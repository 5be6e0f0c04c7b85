import type { Config } from "tailwindcss";

/** Names for the tokens of `app/globals.css`. Components use these names only, so both themes are drawn in one place. */
const config: Config = {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}"],
  darkMode: "selector",
  theme: {
    extend: {
      colors: {
        canvas: "var(--canvas)",
        frame: "var(--frame)",
        surface: "var(--surface)",
        overlay: "var(--overlay)",
        sunken: "var(--sunken)",
        hover: "var(--hover)",
        pressed: "var(--pressed)",
        line: { DEFAULT: "var(--line)", strong: "var(--line-strong)" },
        ink: { DEFAULT: "var(--ink)", muted: "var(--ink-muted)", faint: "var(--ink-faint)" },
        accent: {
          DEFAULT: "var(--accent)",
          hover: "var(--accent-hover)",
          ink: "var(--accent-ink)",
          soft: "var(--accent-soft)",
          on: "var(--accent-on)",
        },
        danger: {
          DEFAULT: "var(--danger)",
          hover: "var(--danger-hover)",
          ink: "var(--danger-ink)",
          soft: "var(--danger-soft)",
          line: "var(--danger-line)",
          on: "var(--danger-on)",
        },
        warn: {
          DEFAULT: "var(--warn)",
          ink: "var(--warn-ink)",
          soft: "var(--warn-soft)",
          line: "var(--warn-line)",
        },
        ok: { DEFAULT: "var(--ok)", ink: "var(--ok-ink)", soft: "var(--ok-soft)", line: "var(--ok-line)" },
        development: "var(--development)",
        production: "var(--production)",
        focus: "var(--focus)",
      },
      fontFamily: {
        sans: ["Geist more", "var(--font-geist-sans)", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["Geist Mono more", "var(--font-geist-mono)", "ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
      },
      fontSize: {
        xs: ["0.75rem", { lineHeight: "1rem" }],
        13: ["0.8125rem", { lineHeight: "1.25rem" }],
        sm: ["0.875rem", { lineHeight: "1.25rem" }],
        lg: ["1rem", { lineHeight: "1.5rem" }],
        title: ["1.25rem", { lineHeight: "1.75rem", letterSpacing: "-0.015em" }],
        figure: ["1.5rem", { lineHeight: "2rem", letterSpacing: "-0.02em" }],
      },
      borderRadius: { sm: "4px", md: "6px", lg: "8px", xl: "12px" },
      boxShadow: {
        raised: "var(--shadow-raised)",
        overlay: "var(--shadow-overlay)",
      },
      transitionDuration: { DEFAULT: "100ms" },
      keyframes: {
        "fade-in": { from: { opacity: "0" } },
        "pop-in": { from: { opacity: "0", transform: "translateY(4px) scale(0.985)" } },
      },
      animation: {
        "fade-in": "fade-in 100ms ease-out",
        "pop-in": "pop-in 120ms cubic-bezier(0.2, 0, 0, 1)",
      },
    },
  },
};

export default config;

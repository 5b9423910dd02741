import type { AppState } from "../api";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Puts theme and type size on the root, and follows the system's theme while that is chosen. */
export function applyAppearance(app: AppState | null): () => void {
  const root = document.documentElement;
  const theme = app?.theme ?? "system";
  const apply = () => {
    root.dataset["theme"] = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  };
  apply();
  root.style.fontSize = `${app?.type_size ?? 100}%`;
  dark.addEventListener("change", apply);
  return () => dark.removeEventListener("change", apply);
}

import type { Component } from "svelte";

import { asBackendError } from "../api";
import { i18n } from "../i18n";
import type { Screen } from "../state/store.svelte";
import { store } from "../state/store.svelte";
import { screens } from "./screens";

let loaded = $state.raw<Partial<Record<Screen, Component>>>({});

/** The screen, once it is read. */
export function screenOf(screen: Screen): Component | null {
  return loaded[screen] ?? null;
}

async function read(screen: Screen): Promise<void> {
  const reader = screens[screen];
  if (!reader || loaded[screen]) return;
  const [{ default: component }] = await Promise.all([reader(), screen === "today" ? null : i18n.whole()]);
  loaded = { ...loaded, [screen]: component };
}

/** Reads the screen that is wanted now; where that fails, it is said. */
export async function readScreen(screen: Screen): Promise<void> {
  try {
    await read(screen);
  } catch (reason) {
    store.failure = asBackendError(reason);
  }
}

/** Reads what most starts need while the records are being read; where that fails, it is read when it is wanted. */
export async function readLikeliest(): Promise<void> {
  const language = window.firstLanguage;
  await Promise.all([language ? i18n.readFirst(language) : null, read("today")]).catch(() => null);
}

/** What lies over the screens, with its words. */
export function withWords<Module>(reader: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([reader(), i18n.whole()]);
    return module;
  };
}

/** Every screen, the likeliest first. */
export function readers(): (() => Promise<void>)[] {
  return (Object.keys(screens) as Screen[]).map((screen) => () => read(screen));
}

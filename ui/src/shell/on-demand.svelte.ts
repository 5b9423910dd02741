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
  const { default: component } = await reader();
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
  await Promise.all([i18n.read("zh-CN"), read("today")]).catch(() => null);
}

/** Every screen, the likeliest first. */
export function readers(): (() => Promise<void>)[] {
  return (Object.keys(screens) as Screen[]).map((screen) => () => read(screen));
}

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

import { licencesPlugin } from "./licences.ts";

// The same policy as the window's, so that a browser test meets what the window would refuse.
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' ipc: http://ipc.localhost",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export default defineConfig({
  plugins: [svelte(), licencesPlugin()],
  build: {
    target: "es2022",
    // Fonts and pictures stay files: a data: URL would need a wider policy.
    assetsInlineLimit: 0,
    // The texts of all licences, which are read by who asks for them.
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
  },
  preview: { headers: { "Content-Security-Policy": policy } },
});

import react from "@vitejs/plugin-react";
import { VitePWA } from "vite-plugin-pwa";
import { defineConfig } from "vitest/config";
import { firstScreen } from "./vite.firstScreen";
import { noCycles } from "./vite.noCycles";

/** Where the server answers: the service worker leaves all of it alone, and the development server passes it on. */
const serverPaths = [
  "/jmap",
  "/connect",
  "/signin",
  "/account",
  "/.well-known",
  "/_matrix",
  "/dav",
  "/s",
  "/book/api",
  "/admin",
  "/health",
  "/metrics",
];

const server = process.env.BASTIDE_SERVER ?? "http://localhost:8080";
const escaped = serverPaths.map((path) => path.replaceAll(".", "\\.")).join("|");

export default defineConfig({
  plugins: [
    react(),
    firstScreen("src/apps/mail/routes/index.tsx", "assets/inter-latin-wght"),
    noCycles(),
    VitePWA({
      registerType: "prompt",
      injectRegister: false,
      manifest: {
        name: "Bastide",
        short_name: "Bastide",
        id: "/",
        start_url: "/",
        scope: "/",
        display: "standalone",
        background_color: "#f6f5f2",
        theme_color: "#f6f5f2",
        icons: [
          { src: "/icons/bastide-192.png", sizes: "192x192", type: "image/png" },
          { src: "/icons/bastide-512.png", sizes: "512x512", type: "image/png" },
          { src: "/icons/bastide-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
          { src: "/icons/bastide.svg", sizes: "any", type: "image/svg+xml" },
        ],
        shortcuts: [{ name: "Mail", url: "/mail" }],
      },
      workbox: {
        // The shell and the apps; fonts and the PDF viewer are fetched, and then kept by the HTTP cache, when first used.
        globPatterns: [
          "index.html",
          "scheme.js",
          "icons/bastide.svg",
          "assets/*.{js,css}",
          "assets/inter-latin-wght*.woff2",
        ],
        globIgnores: ["**/Pdf*.js", "**/pdf*.mjs"],
        navigateFallback: "/index.html",
        navigateFallbackDenylist: [new RegExp(`^(${escaped})(/|\\?|$)`)],
        importScripts: ["/notification-click.js"],
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
  build: {
    target: "es2023",
    // The page's policy allows fonts and workers from the origin only: nothing becomes a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // Over HTTP/1.1 a browser fetches six files at a time: a few chunks, not one for each icon.
    rolldownOptions: {
      output: {
        chunkFileNames: ({ name }) => `assets/${name.split("~")[0]}-[hash].js`,
        codeSplitting: {
          groups: [
            { name: "framework", tags: ["$initial"], test: /node_modules/, priority: 2 },
            { name: "shell", tags: ["$initial"], test: /src[\\/](?!main)/, priority: 1 },
            { name: "lib", minShareCount: 2, test: /src[\\/](lib|i18n|ui)[\\/]/, priority: 1 },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(serverPaths.map((path) => [`^${path}(/|\\?|$)`, { target: server }])),
  },
  preview: { port: 4173 },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.ts"],
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});

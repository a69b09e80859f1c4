// Fails when the script a browser must fetch before the inbox shows is more than the budget, compressed.
// Counted: the page's own script, what it imports at once, and the first screen of the mail app with all that it imports.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const budget = 350 * 1024;
const dist = join(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

const entries = ["index.html", "src/apps/mail/routes/index.tsx"];
const languages = ["fr", "en"];
const texts = (language) => ["shell", "mail"].map((name) => `src/i18n/${language}/${name}.json`);

/** The chunks of these entries and of what they import statically. */
function chunks(names) {
  const found = new Set();
  const visit = (name) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest of the build.`);
    if (found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const other of chunk.imports ?? []) visit(other);
  };
  for (const name of names) visit(name);
  return [...found].filter((file) => file.endsWith(".js"));
}

const size = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const kilobytes = (octets) => `${(octets / 1024).toFixed(1)} KB`;

const measured = languages.map((language) => {
  const files = chunks([...entries, ...texts(language)]);
  return { language, files, octets: files.reduce((sum, file) => sum + size(file), 0) };
});
const largest = measured.reduce((one, other) => (other.octets > one.octets ? other : one));

for (const file of largest.files) console.log(`${kilobytes(size(file)).padStart(10)}  ${file}`);
console.log(`${kilobytes(largest.octets).padStart(10)}  before the inbox shows, of ${kilobytes(budget)} (gzip)`);
if (largest.octets > budget) {
  console.error("Over the budget: load what the inbox does not need only when it is asked for.");
  process.exit(1);
}

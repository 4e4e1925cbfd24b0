// Opens every chapter of an unpacked EPUB in a reading system and prints what measure.js finds, as JSON.
// node read.mjs MODULES FOLDER PACKAGE BROWSER ENGINE WIDTH HEIGHT

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder, opf, browser, engine, width, height] = process.argv.slice(2);
const here = import.meta.dirname;
const TYPES = {
  ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".opf": "application/xml",
  ".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml", ".xhtml": "application/xhtml+xml",
  ".xml": "application/xml", ".ncx": "application/xml", ".json": "application/json",
};
const ROOTS = { modules, book: folder, here };

const server = createServer((request, response) => {
  const [, root, ...rest] = decodeURIComponent(new URL(request.url, "http://localhost").pathname).split("/");
  const path = join(ROOTS[root] ?? here, normalize(rest.join("/")));
  if (!ROOTS[root] || !existsSync(path) || !statSync(path).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

const found = createRequire(join(modules, "x.js")).resolve("puppeteer-core");
const { default: puppeteer } = await import(pathToFileURL(found));
const chromium = await puppeteer.launch({
  executablePath: browser,
  args: ["--no-sandbox", "--disable-gpu", "--force-device-scale-factor=1"],
  protocolTimeout: 600_000,
});
try {
  const page = await chromium.newPage();
  await page.setViewport({ width: Number(width), height: Number(height) });
  const said = [];
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(`${base}/here/${engine}.html?book=/book/${encodeURI(opf)}`);
  await page.waitForFunction("window.chapters || window.failed", { timeout: 60_000 });
  const failed = await page.evaluate("window.failed");
  if (failed) throw new Error(failed);
  const chapters = [];
  for (const [at, href] of (await page.evaluate("window.chapters")).entries()) {
    const result = await page.evaluate(
      (index) => Promise.race([
        window.open_chapter(index).then(window.settled).then(window.measure),
        new Promise((_, late) => setTimeout(() => late(new Error("the chapter does not open")), 120_000)),
      ]).catch((error) => ({ pages: 0, blank: [], wide: [], width: 0, error: String(error) })),
      at,
    );
    chapters.push({ href, ...result });
  }
  console.log(JSON.stringify({ chapters, said }));
} finally {
  await chromium.close();
  server.close();
}

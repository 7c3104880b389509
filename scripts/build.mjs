// Build what browsers fetch: static/css, static/js, static/img and the fonts become static/built/,
// with names that change with the content, and manifest.json that tells which name is which.
//
//     node scripts/build.mjs [folder to build into, static/built when none is given]
//
// The same sources give the same bytes. The folder is replaced as a whole at the end, so that
// a server which is running never finds half of a build.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import esbuild from "esbuild";

import { fontFaces, preloadedFonts, readFonts } from "./fonts.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const STATIC = path.join(ROOT, "static");
const TARGETS = ["chrome120", "edge120", "firefox121", "safari17"];

// A page names these; everything else in static/js and static/css is imported by one of them.
const STYLES = ["site.css", "desk.css", "account.css"];
const MODULES = ["site.js", "desk.js", "account.js", "editor.js", "upload.js", "video.js"];
// Fetched before the page is drawn, so it is one file that imports nothing.
const EARLY_SCRIPTS = ["theme.js"];

const COMPRESSED = /\.(css|js|svg|json|txt)$/;

class Build {
  files = new Map();
  manifest = {};

  /** Keep `content` under a name made of `name` and of a digest of the content; return that name. */
  add(name, content) {
    const { dir, name: stem, ext } = path.posix.parse(name);
    const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
    const hashed = path.posix.join(dir, `${stem}-${digest}${ext}`);
    this.files.set(hashed, Buffer.from(content));
    this.manifest[name] = hashed;
    return hashed;
  }

  async write(folder) {
    const fresh = `${folder}.${process.pid}.new`;
    const former = `${folder}.${process.pid}.old`;
    const sorted = Object.fromEntries(Object.entries(this.manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
    this.files.set("manifest.json", Buffer.from(`${JSON.stringify(sorted, null, 2)}\n`));
    try {
      await Promise.all([...this.files].map(([name, content]) => writeWithCompressed(path.join(fresh, name), content)));
      if (existsSync(folder)) await rename(folder, former);
      await rename(fresh, folder);
    } finally {
      await rm(fresh, { recursive: true, force: true });
      await rm(former, { recursive: true, force: true });
    }
  }
}

/** Write a file, and beside it the .br and .gz that are served instead where they are smaller. */
async function writeWithCompressed(file, content) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  if (!COMPRESSED.test(file) || path.basename(file) === "manifest.json") return;
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  const variants = {
    ".br": await promisify(brotliCompress)(content, brotli),
    ".gz": await promisify(gzip)(content, { level: 9 }),
  };
  for (const [ending, compressed] of Object.entries(variants)) {
    if (compressed.length < content.length * 0.95) await writeFile(file + ending, compressed);
  }
}

async function addImages(build) {
  const folder = path.join(STATIC, "img");
  if (!existsSync(folder)) return;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  for (const file of files.sort()) {
    build.add(path.relative(STATIC, file).split(path.sep).join("/"), await readFile(file));
  }
}

async function addFonts(build) {
  const fonts = await readFonts();
  const names = Object.fromEntries(fonts.map((font) => [font.name, build.add(`fonts/${font.name}`, font.content)]));
  const preloaded = preloadedFonts(fonts);
  build.manifest.fonts = Object.fromEntries(
    Object.entries(preloaded).map(([alphabet, files]) => [alphabet, files.map((name) => names[name])]),
  );
  return fontFaces(fonts, (font) => names[font.name]);
}

/** Let a stylesheet point to ../img/x.svg as it stands in the sources; the page gets the hashed name. */
function imagesOf(build) {
  return {
    name: "images",
    setup(bundler) {
      bundler.onResolve({ filter: /\.(svg|png|jpg|webp|avif|ico)$/ }, ({ path: asked, resolveDir, kind }) => {
        if (kind !== "url-token") return undefined;
        const name = path.relative(STATIC, path.resolve(resolveDir, asked)).split(path.sep).join("/");
        const hashed = build.manifest[name];
        return hashed ? { path: hashed, external: true } : { errors: [{ text: `There is no static/${name}.` }] };
      });
    },
  };
}

const shared = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  write: false,
  target: TARGETS,
  legalComments: "none",
  logLevel: "warning",
  outdir: path.join(STATIC, "built"),
};

const present = (folder, names) => names.filter((name) => existsSync(path.join(STATIC, folder, name)));

async function addStyles(build, faces) {
  for (const name of present("css", STYLES)) {
    const result = await esbuild.build({
      ...shared,
      entryPoints: [path.join(STATIC, "css", name)],
      plugins: [imagesOf(build)],
    });
    build.add(name, `${faces}\n${result.outputFiles[0].text}`);
  }
}

async function addModules(build) {
  const names = present("js", MODULES);
  if (names.length === 0) return;
  const result = await esbuild.build({
    ...shared,
    entryPoints: names.map((name) => path.join(STATIC, "js", name)),
    outbase: path.join(STATIC, "js"),
    format: "esm",
    // What two entries share becomes one file that both import, under the name that esbuild writes
    // into them; that name already holds a digest.
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    metafile: true,
  });
  const entries = Object.entries(result.metafile.outputs).filter(([, output]) => output.entryPoint);
  for (const [file, output] of entries) build.manifest[path.basename(output.entryPoint)] = path.basename(file);
  for (const file of result.outputFiles) build.files.set(path.basename(file.path), Buffer.from(file.contents));
}

async function addEarlyScripts(build) {
  for (const name of present("js", EARLY_SCRIPTS)) {
    const result = await esbuild.build({
      ...shared,
      entryPoints: [path.join(STATIC, "js", name)],
      format: "iife",
    });
    build.add(name, result.outputFiles[0].contents);
  }
}

async function main() {
  const build = new Build();
  await addImages(build);
  const faces = await addFonts(build);
  await Promise.all([addStyles(build, faces), addModules(build), addEarlyScripts(build)]);
  await build.write(path.resolve(process.argv[2] ?? path.join(STATIC, "built")));
  console.log(`Built ${build.files.size} files.`);
}

try {
  await main();
} catch (error) {
  if (!error.errors) throw error; // a fault in a source: the bundler has shown the line
  process.exitCode = 1;
}

// Builds dist/ from src/: node build.mjs [FOLDER]. The same sources give the same
// bytes. Beside it, the licences of the libraries, with checksums of their files that are
// built in.

import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";

import { build } from "esbuild";

const here = import.meta.dirname;
const folder = path.resolve(process.argv[2] ?? here);
const made = await build({
	absWorkingDir: here,
	entryPoints: ["src/page.js", "src/qr.js", "src/page.css"],
	external: ["./qr.js"], // only a wall loads it
	outdir: path.join(folder, "dist"),
	bundle: true,
	minify: true,
	format: "esm",
	target: ["chrome89", "firefox90", "safari15"],
	charset: "utf8",
	banner: { js: "//# allFunctionsCalledOnLoad" }, // V8 compiles all of it while it comes, not function by function when it runs
	legalComments: "eof",
	metafile: true,
	logLevel: "warning",
});
fs.copyFileSync(path.join(here, "src/index.html"), path.join(folder, "dist/index.html"));

const files = Object.keys(made.metafile.inputs)
	.filter((name) => name.startsWith("node_modules/"))
	.sort();
const { packages } = JSON.parse(fs.readFileSync(path.join(here, "package-lock.json")));
const libraries = Object.keys(packages) // some of which are nothing but types
	.filter((name) => name !== "" && !packages[name].dev)
	.map((name) => name.slice("node_modules/".length))
	.sort();
const text = libraries.map((library) => {
	const from = path.join(here, "node_modules", library);
	const { version } = JSON.parse(fs.readFileSync(path.join(from, "package.json")));
	const sums = files
		.filter((name) => name.startsWith(`node_modules/${library}/`))
		.map((name) => `sha256 ${crypto.createHash("sha256").update(fs.readFileSync(path.join(here, name))).digest("hex")}  ${name.slice("node_modules/".length)}\n`);
	return `==== ${library} ${version}\n\n${fs.readFileSync(path.join(from, "LICENSE"), "utf8").trim()}\n\n${sums.join("")}\n`;
});
fs.writeFileSync(path.join(folder, "THIRD-PARTY.txt"), text.join(""));

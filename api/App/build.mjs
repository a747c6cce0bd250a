// Builds the app into dist/: one script, one style sheet, named by what they hold and compressed as the playground's are, and the worker,
// which knows their names. A script that has grown beyond its bound is no build.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const largest = 100 * 1024;
const common = { bundle: true, minify: true, format: 'iife', target: 'es2022', legalComments: 'none', metafile: true };
const out = new URL('dist/', import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out);

const { metafile } = await build({
  ...common, entryPoints: { app: 'main.tsx', style: 'app.css' }, entryNames: '[name]-[hash]', outdir: 'dist', external: ['/house/*'],
});
let page = await readFile('index.html', 'utf8');
const assets = [];
for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
  const content = await readFile(path);
  const zipped = gzipSync(content, { level: 9 });
  if (path.endsWith('.js') && zipped.length > largest) throw new Error(`The script has ${zipped.length} bytes compressed; at most ${largest} are served.`);
  await writeFile(`${path}.br`, brotliCompressSync(content));
  await writeFile(`${path}.gz`, zipped);
  page = page.replace(entryPoint === 'app.css' ? '/app/app.css' : '/app/app.js', `/app/${basename(path)}`);
  assets.push(`/app/${basename(path)}`);
}
assets.push('/house/mark.svg', '/app/manifest.webmanifest', '/app/icon-192.png');
const version = createHash('sha256').update(page).digest('hex').slice(0, 12);
await build({ ...common, entryPoints: ['worker.ts'], outdir: 'dist', define: { ASSETS: JSON.stringify(assets), VERSION: JSON.stringify(version) } });
for (const file of ['manifest.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-maskable.png']) await copyFile(file, new URL(file, out));
// Last: where it is, the rest is.
await writeFile(new URL('index.html', out), page);

// Builds the playground into dist/: one script, one style sheet, no address but our own.
import { build } from 'esbuild';
import { cp, mkdir, rm } from 'node:fs/promises';

const out = new URL('dist/', import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out);
await build({
  entryPoints: ['playground.jsx', 'playground.css'],
  outdir: 'dist',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  legalComments: 'none',
  loader: { '.woff2': 'dataurl', '.svg': 'dataurl' },
  define: { 'process.env.NODE_ENV': '"production"' },
});
await cp('index.html', 'dist/index.html');

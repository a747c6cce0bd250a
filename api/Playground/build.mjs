// Builds the playground into dist/: one script, one style sheet, no address but our own. Their names hold a hash of what
// they hold, so that browsers may keep them for ever, and each lies there compressed as well.
import { build } from 'esbuild';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// GraphiQL's style sheet carries 380 kB of fonts in itself; the reader's own do.
const ownFonts = {
  name: 'own-fonts',
  setup({ onLoad }) {
    onLoad({ filter: /graphiql.*\.css$/ }, async ({ path }) => ({ contents: (await readFile(path, 'utf8')).replace(/@font-face\s*\{[^}]*\}/g, ''), loader: 'css' }));
  },
};
const out = new URL('dist/', import.meta.url);
await rm(out, { recursive: true, force: true });
await mkdir(out);
const { metafile } = await build({
  entryPoints: ['playground.jsx', 'playground.css'],
  entryNames: '[name]-[hash]',
  outdir: 'dist',
  metafile: true,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  legalComments: 'none',
  loader: { '.svg': 'dataurl' },
  plugins: [ownFonts],
  define: { 'process.env.NODE_ENV': '"production"' },
});
let page = await readFile('index.html', 'utf8');
for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
  const content = await readFile(path);
  await writeFile(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
  page = page.replace(`/playground/${entryPoint.replace('.jsx', '.js')}`, `/playground/${basename(path)}`);
}
// Last: where it is, the rest is.
await writeFile(new URL('index.html', out), page);

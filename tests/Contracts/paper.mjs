// LIC-2, LIC-7: a licence as other people's software reads it. Prints as JSON what it finds:
//   node paper.mjs jwks TOKEN…                each token's type and contents by jose, or what jose says against it
//   node paper.mjs pictures FILE.png…         what the QR code of each picture holds, by jsQR
//   node paper.mjs pdf FILE.pdf               its text by pdftotext, and what the QR code of its first page holds, rendered by pdftoppm
//   node paper.mjs status jwks LIST INDEX…    what a status list says of each index
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { compactVerify, createRemoteJWKSet, jwtVerify } from 'jose';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

const [what, ...given] = process.argv.slice(2);

async function opened(keys, token) {
  try {
    const { payload, protectedHeader } = await compactVerify(token, keys, { algorithms: ['ES256'] });
    return { typ: protectedHeader.typ, ...JSON.parse(new TextDecoder().decode(payload)) };
  } catch (error) {
    return { error: error.code };
  }
}

function code(png) {
  const { data, width, height } = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data ?? null;
}

async function statuses([jwks, list, ...indexes]) {
  const { payload } = await jwtVerify(list, createRemoteJWKSet(new URL(jwks)), { typ: 'statuslist+jwt', algorithms: ['ES256'], currentDate: new Date(0) });
  const { bits, lst } = payload.status_list;
  const bytes = inflateSync(Buffer.from(lst, 'base64url'));
  return { sub: payload.sub, ttl: payload.ttl, statuses: indexes.map((i) => (bytes[Math.floor(i * bits / 8)] >> (i * bits % 8)) & (2 ** bits - 1)) };
}

const read = {
  jwks: ([jwks, ...tokens]) => Promise.all(tokens.map((token) => opened(createRemoteJWKSet(new URL(jwks)), token))),
  pictures: (files) => files.map((file) => code(readFileSync(file))),
  pdf: ([file]) => ({
    text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }),
    code: code(execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', file], { maxBuffer: 1e8 })),
  }),
  status: statuses,
};
console.log(JSON.stringify(await read[what](given)));
